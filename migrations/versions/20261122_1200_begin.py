"""Begin: every table of the first release.

Revision: a05beeeca0e9
After:
"""

import sqlalchemy as sa
from alembic import op

revision = "a05beeeca0e9"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entry_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "idempotency_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_idempotency_key_person_id_key")),
    )
    op.create_table(
        "industry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry")),
        sa.UniqueConstraint("code", name=op.f("uq_industry_code")),
    )
    with op.batch_alter_table("industry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_industry_release"), ["release"], unique=False)

    op.create_table(
        "item_difficulty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("variance", sa.Double(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_difficulty")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_difficulty_item_id")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "running", "failed", name="jobstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("name", "key", name=op.f("uq_job_name_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_due", ["state", "due_at"], unique=False)

    op.create_table(
        "lrs_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("sha2", sa.String(length=128), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_attachment")),
        sa.UniqueConstraint("tenant_id", "sha2", name=op.f("uq_lrs_attachment_tenant_id_sha2")),
    )
    op.create_table(
        "lrs_description",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_description")),
    )
    with op.batch_alter_table("lrs_description", schema=None) as batch_op:
        batch_op.create_index("ix_lrs_description_key", ["key", "seq"], unique=False)

    op.create_table(
        "lrs_mention",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("usages", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "key", "seq", name=op.f("pk_lrs_mention"), postgresql_include=["usages"]
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lrs_statement",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("is_voiding", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_lrs_statement")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_lrs_statement_tenant_id_id")),
    )
    with op.batch_alter_table("lrs_statement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lrs_statement_target",
            ["tenant_id", "target_id"],
            unique=False,
            postgresql_where=sa.text("target_id IS NOT NULL"),
            sqlite_where=sa.text("target_id IS NOT NULL"),
        )
        batch_op.create_index("ix_lrs_statement_tenant_seq", ["tenant_id", "seq"], unique=False)

    op.create_table(
        "occupation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("isco", sa.String(length=4), nullable=False),
        sa.Column("vsco", sa.String(length=5), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("uri", sa.String(length=200), nullable=False),
        sa.Column("uri_match", sa.String(length=10), nullable=False),
        sa.Column("esco_names", sa.JSON(), nullable=False),
        sa.Column("esco_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("code", name=op.f("uq_occupation_code")),
    )
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occupation_isco"), ["isco"], unique=False)
        batch_op.create_index(batch_op.f("ix_occupation_release"), ["release"], unique=False)
        batch_op.create_index(batch_op.f("ix_occupation_uri"), ["uri"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "province",
                "college",
                "department",
                "employer",
                name="organisationkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("official_code", sa.String(length=40), nullable=False),
        sa.Column("place_code", sa.String(length=10), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("place_code", sa.String(length=10), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_key"), ["name_key"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "province",
                "ward",
                "commune",
                "special-zone",
                name="placekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=10), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_parent_code"), ["parent_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_release"), ["release"], unique=False)

    op.create_table(
        "programme_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("trade", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("national_code", sa.String(length=7), nullable=False),
        sa.Column(
            "code_source",
            sa.Enum(
                "circular-26-2020",
                "to-be-confirmed",
                "none",
                name="codesource",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("field_code", sa.String(length=2), nullable=False),
        sa.Column("minimum_credits", sa.Integer(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_code")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code_code")),
    )
    with op.batch_alter_table("programme_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_code_field_code"), ["field_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_code_national_code"), ["national_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_programme_code_release"), ["release"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_code_trade"), ["trade"], unique=False)

    op.create_table(
        "programme_field",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_field")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_field_code")),
    )
    with op.batch_alter_table("programme_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_field_release"), ["release"], unique=False)

    op.create_table(
        "skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "knowledge",
                "skill",
                "transversal",
                "digital",
                "safety",
                name="skillkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("group_code", sa.String(length=80), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("uri", sa.String(length=200), nullable=False),
        sa.Column("uri_match", sa.String(length=10), nullable=False),
        sa.Column("esco_names", sa.JSON(), nullable=False),
        sa.Column("esco_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("code", name=op.f("uq_skill_code")),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_group_code"), ["group_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_release"), ["release"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_uri"), ["uri"], unique=False)

    op.create_table(
        "skill_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("parent_code", sa.String(length=80), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("active", "retired", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_group")),
        sa.UniqueConstraint("code", name=op.f("uq_skill_group_code")),
    )
    with op.batch_alter_table("skill_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_skill_group_parent_code"), ["parent_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_skill_group_release"), ["release"], unique=False)

    op.create_table(
        "taxonomy_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_release")),
        sa.UniqueConstraint("number", name=op.f("uq_taxonomy_release_number")),
    )
    op.create_table(
        "access_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_token_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_token_token_hash")),
    )
    with op.batch_alter_table("access_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("tax_code", sa.String(length=14), nullable=False),
        sa.Column("industry_code", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "pending", "verified", "refused", name="standing", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_company_size")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_company_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_company_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_company_organisation_id")),
    )
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_standing"), ["standing"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_tax_code"), ["tax_code"], unique=False)

    op.create_table(
        "dashboard_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "name",
            sa.Enum(
                "college",
                "days",
                "modules",
                "communes",
                "gaps",
                name="partname",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_dashboard_part_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dashboard_part")),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_dashboard_part_organisation_id_name")
        ),
    )
    op.create_table(
        "email_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "verify-email", "reset-password", name="tokenpurpose", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_email_token_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_email_token_token_hash")),
    )
    with op.batch_alter_table("email_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_email_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "general_ability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("precision", sa.Double(), nullable=False),
        sa.Column("shift", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_general_ability_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_general_ability")),
        sa.UniqueConstraint("person_id", name=op.f("uq_general_ability_person_id")),
    )
    op.create_table(
        "guardianship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "consented",
                "refused",
                "withdrawn",
                name="guardianshipstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["person.id"], name=op.f("fk_guardianship_guardian_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_guardianship_learner_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
        sa.UniqueConstraint(
            "guardian_id", "learner_id", name=op.f("uq_guardianship_guardian_id_learner_id")
        ),
    )
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guardianship_learner_id"), ["learner_id"], unique=False
        )

    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("indicator_set", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_indicator_value_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint(
            "organisation_id",
            "day",
            "indicator",
            name=op.f("uq_indicator_value_organisation_id_day_indicator"),
        ),
    )
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.create_index("ix_indicator_value_day", ["day"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "learner",
                "teacher",
                "manager",
                "trainer",
                "recruiter",
                "officer",
                "admin",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_invitation_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("persona_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("agent", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_alias_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_lrs_alias_key")),
    )
    with op.batch_alter_table("lrs_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_alias_persona_id"), ["persona_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lrs_alias_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "state",
                "agent-profile",
                "activity-profile",
                name="documentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("registration", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_document_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_document")),
        sa.UniqueConstraint("key", name=op.f("uq_lrs_document_key")),
    )
    with op.batch_alter_table("lrs_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_document_owner_key"), ["owner_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_lrs_document_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_forgetting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("pseudonymise", "delete", name="forgetmode", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "statements",
                "files",
                "rest",
                "done",
                name="forgetstage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("pseudonym", sa.String(length=60), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("rewritten", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("files_deleted", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_lrs_forgetting_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"],
            ["organisation.id"],
            name=op.f("fk_lrs_forgetting_tenant_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_forgetting")),
    )
    with op.batch_alter_table("lrs_forgetting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lrs_forgetting_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "lrs_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("old_secret_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_key_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_key")),
        sa.UniqueConstraint("username", name=op.f("uq_lrs_key_username")),
    )
    with op.batch_alter_table("lrs_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_key_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("lrs", "webhook", name="targetkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=False),
        sa.Column("username", sa.String(length=200), nullable=False),
        sa.Column("sealed_secret", sa.String(length=1000), nullable=False),
        sa.Column(
            "version",
            sa.Enum("1.0.3", "2.0.0", name="version", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("verb", sa.String(length=2048), nullable=False),
        sa.Column("activity", sa.String(length=2048), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running", "paused", "halted", name="targetstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_target_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_target")),
    )
    with op.batch_alter_table("lrs_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_target_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("export", "import", name="direction", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "format",
            sa.Enum(
                "csv-excel", "csv", "parquet", "ndjson", name="format", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="transferstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_lrs_transfer_started_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_transfer_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_transfer")),
    )
    with op.batch_alter_table("lrs_transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_transfer_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "mastery_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("was_correct", sa.Boolean(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mastery_step_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_mastery_step_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mastery_step")),
        sa.UniqueConstraint(
            "answer_id", "skill_id", name=op.f("uq_mastery_step_answer_id_skill_id")
        ),
    )
    with op.batch_alter_table("mastery_step", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mastery_step_person_skill", ["person_id", "skill_id", "moved_at"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "learner",
                "teacher",
                "manager",
                "trainer",
                "recruiter",
                "officer",
                "admin",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "role",
            name=op.f("uq_membership_person_id_organisation_id_role"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "occupation_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occupation_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_occupation_skill_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_occupation_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation_skill")),
        sa.UniqueConstraint(
            "occupation_id", "skill_id", name=op.f("uq_occupation_skill_occupation_id_skill_id")
        ),
    )
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_occupation_skill_skill_id"), ["skill_id"], unique=False
        )

    op.create_table(
        "profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("headline", sa.String(length=160), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("contracts", sa.JSON(), nullable=False),
        sa.Column(
            "contact_way",
            sa.Enum("email", "phone", "both", name="contactway", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_profile_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("person_id", name=op.f("uq_profile_person_id")),
    )
    op.create_table(
        "profile_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("be-found", "show-mastery", name="purpose", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_profile_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_consent")),
    )
    with op.batch_alter_table("profile_consent", schema=None) as batch_op:
        batch_op.create_index(
            "uq_profile_consent_current",
            ["person_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_programme_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_programme_tenant_id_code")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "programme_occupation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("occupation_id", sa.Uuid(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("nghe-so", "esco", "units", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_programme_occupation_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_code.id"],
            name=op.f("fk_programme_occupation_programme_id_programme_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_occupation")),
        sa.UniqueConstraint(
            "programme_id",
            "occupation_id",
            name=op.f("uq_programme_occupation_programme_id_occupation_id"),
        ),
    )
    with op.batch_alter_table("programme_occupation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_occupation_occupation_id"), ["occupation_id"], unique=False
        )

    op.create_table(
        "quiet_learner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("class_group_id", sa.Uuid(), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("module_title", sa.JSON(), nullable=False),
        sa.Column("last_active_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_quiet_learner_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_quiet_learner_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_learner")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_quiet_learner_enrolment_id")),
    )
    with op.batch_alter_table("quiet_learner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiet_learner_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiet_learner_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "recommended",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("propensity", sa.Double(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recommended_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommended")),
        sa.UniqueConstraint(
            "person_id", "occasion", name=op.f("uq_recommended_person_id_occasion")
        ),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("published", "withdrawn", name="resourcestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("shared_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "licence",
            sa.Enum(
                "CC0-1.0",
                "CC-BY-4.0",
                "CC-BY-SA-4.0",
                "CC-BY-NC-4.0",
                "CC-BY-NC-SA-4.0",
                "CC-BY-ND-4.0",
                "CC-BY-NC-ND-4.0",
                name="licence",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("reuses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shared_by_id"], ["person.id"], name=op.f("fk_resource_shared_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_resource_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("tenant_id", "origin", name=op.f("uq_resource_tenant_id_origin")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resource_shared_by_id"), ["shared_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_resource_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "reuse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("reused_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["organisation.id"], name=op.f("fk_reuse_given_by_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["reused_by_id"], ["person.id"], name=op.f("fk_reuse_reused_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_reuse_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reuse")),
        sa.UniqueConstraint(
            "tenant_id", "resource_id", "place", name=op.f("uq_reuse_tenant_id_resource_id_place")
        ),
    )
    with op.batch_alter_table("reuse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reuse_given_by_id"), ["given_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reuse_resource_id"), ["resource_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reuse_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "rule_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_rule_set_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_set")),
        sa.UniqueConstraint("code", name=op.f("uq_rule_set_code")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "skill_ability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("precision", sa.Double(), nullable=False),
        sa.Column("shift", sa.Double(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_skill_ability_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_skill_ability_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_ability")),
        sa.UniqueConstraint(
            "person_id", "skill_id", name=op.f("uq_skill_ability_person_id_skill_id")
        ),
    )
    with op.batch_alter_table("skill_ability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_ability_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "skill_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "job",
                "internship",
                "apprenticeship",
                "need",
                name="needkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occupation_id", sa.Uuid(), nullable=False),
        sa.Column("place_code", sa.String(length=10), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column(
            "contract",
            sa.Enum(
                "full-time",
                "part-time",
                "seasonal",
                "internship",
                "apprenticeship",
                name="contract",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("pay_to", sa.Integer(), nullable=True),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "closed", name="needstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closed_because",
            sa.Enum("filled", "withdrawn", "expired", name="closing", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("posted_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("openings > 0", name=op.f("ck_skill_need_openings")),
        sa.CheckConstraint("pay_to >= pay_from", name=op.f("ck_skill_need_pay")),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_skill_need_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["posted_by_id"], ["person.id"], name=op.f("fk_skill_need_posted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_skill_need_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_need")),
    )
    with op.batch_alter_table("skill_need", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_skill_need_occupation_id"), ["occupation_id"], unique=False
        )
        batch_op.create_index("ix_skill_need_open", ["state", "valid_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_skill_need_posted_by_id"), ["posted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_skill_need_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "candidate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["need_id"],
            ["skill_need.id"],
            name=op.f("fk_candidate_need_id_skill_need"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_candidate_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("need_id", "profile_id", name=op.f("uq_candidate_need_id_profile_id")),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index("ix_candidate_best", ["need_id", "score"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("is_offer", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                "withdrawn",
                "hired",
                "not-hired",
                name="contactstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_keep", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_contact_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["skill_need.id"], name=op.f("fk_contact_need_id_skill_need")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_contact_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_contact_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("need_id", "profile_id", name=op.f("uq_contact_need_id_profile_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "curriculum_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in-force",
                "replaced",
                name="curriculumstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule_set", sa.String(length=60), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_curriculum_version_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"],
            ["organisation.id"],
            name=op.f("fk_curriculum_version_tenant_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_version")),
        sa.UniqueConstraint(
            "programme_id", "valid_from", name=op.f("uq_curriculum_version_programme_id_valid_from")
        ),
    )
    with op.batch_alter_table("curriculum_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_curriculum_version_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_feedback_given_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["skill_need.id"], name=op.f("fk_feedback_need_id_skill_need")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_feedback_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("need_id", name=op.f("uq_feedback_need_id")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "lrs_dead_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"], ["lrs_target.id"], name=op.f("fk_lrs_dead_letter_target_id_lrs_target")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"],
            ["organisation.id"],
            name=op.f("fk_lrs_dead_letter_tenant_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_dead_letter")),
        sa.UniqueConstraint("target_id", "seq", name=op.f("uq_lrs_dead_letter_target_id_seq")),
    )
    with op.batch_alter_table("lrs_dead_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lrs_dead_letter_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "lrs_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["lrs_key.id"], name=op.f("fk_lrs_token_key_id_lrs_key")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_lrs_token_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lrs_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_lrs_token_token_hash")),
    )
    with op.batch_alter_table("lrs_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lrs_token_key_id"), ["key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lrs_token_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "need_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["need_id"], ["skill_need.id"], name=op.f("fk_need_skill_need_id_skill_need")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_need_skill_skill_id_skill")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_need_skill_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_skill")),
        sa.UniqueConstraint("need_id", "skill_id", name=op.f("uq_need_skill_need_id_skill_id")),
    )
    with op.batch_alter_table("need_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_skill_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_skill_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "profile_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column(
            "evidence",
            sa.Enum(
                "credential", "mastery", "declared", name="evidence", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "low >= 0 AND low <= mean AND mean <= 1", name=op.f("ck_profile_skill_estimate")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_profile_skill_profile_id_profile")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_profile_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_skill")),
        sa.UniqueConstraint(
            "profile_id",
            "skill_id",
            "evidence",
            name=op.f("uq_profile_skill_profile_id_skill_id_evidence"),
        ),
    )
    with op.batch_alter_table("profile_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_skill_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "resource_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_skill_resource_id_resource")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_resource_skill_skill_id_skill")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"],
            ["organisation.id"],
            name=op.f("fk_resource_skill_tenant_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_skill")),
        sa.UniqueConstraint(
            "resource_id", "skill_id", name=op.f("uq_resource_skill_resource_id_skill_id")
        ),
    )
    with op.batch_alter_table("resource_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_skill_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resource_skill_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "resource_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("html", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("attribution", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_version_resource_id_resource")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"],
            ["organisation.id"],
            name=op.f("fk_resource_version_tenant_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_version")),
        sa.UniqueConstraint(
            "resource_id", "number", name=op.f("uq_resource_version_resource_id_number")
        ),
    )
    with op.batch_alter_table("resource_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resource_version_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "module",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("curriculum_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("semester", sa.Integer(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("theory_hours", sa.Integer(), nullable=False),
        sa.Column("practice_hours", sa.Integer(), nullable=False),
        sa.Column("is_self_paced", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_id"],
            ["curriculum_version.id"],
            name=op.f("fk_module_curriculum_id_curriculum_version"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_module_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("curriculum_id", "code", name=op.f("uq_module_curriculum_id_code")),
    )
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "skill_lack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_skill_lack_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_skill_lack_skill_id_skill")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_skill_lack_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_lack")),
        sa.UniqueConstraint(
            "feedback_id", "skill_id", name=op.f("uq_skill_lack_feedback_id_skill_id")
        ),
    )
    with op.batch_alter_table("skill_lack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_lack_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_lack_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "asset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("blob_key", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_asset_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_asset_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("module_id", "path", name=op.f("uq_asset_module_id_path")),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "class_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "published", "closed", name="classstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity > 0", name=op.f("ck_class_group_capacity")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_class_group_dates")),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_class_group_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["person.id"], name=op.f("fk_class_group_teacher_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_class_group_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_class_group_tenant_id_code")),
    )
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_group_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_class_group_teacher_id"), ["teacher_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_class_group_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("blob_key", sa.String(length=80), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reading",
                "storing",
                "publishing",
                "done",
                "refused",
                name="importstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_import_run_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_import_run_started_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_import_run_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_run_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("identifier", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_item_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_item_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("module_id", "identifier", name=op.f("uq_item_module_id_identifier")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_outcome_module_id_module")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_outcome_skill_id_skill")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_outcome_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("module_id", "position", name=op.f("uq_outcome_module_id_position")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "prerequisite",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("required_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_prerequisite_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["required_id"], ["module.id"], name=op.f("fk_prerequisite_required_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_prerequisite_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisite")),
        sa.UniqueConstraint(
            "module_id", "required_id", name=op.f("uq_prerequisite_module_id_required_id")
        ),
    )
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_prerequisite_required_id"), ["required_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_prerequisite_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=240), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("lesson", "page", "assignment", name="unitkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("published_version_id", sa.Uuid(), nullable=True),
        sa.Column("derived_from", sa.String(length=200), nullable=False),
        sa.Column("attribution", sa.JSON(), nullable=False),
        sa.Column("source_licence", sa.String(length=40), nullable=False),
        sa.Column("imported", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_unit_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["published_version_id"],
            ["unit_version.id"],
            name=op.f("fk_unit_published_version_id_unit_version"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_unit_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("module_id", "slug", name=op.f("uq_unit_module_id_slug")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("class_group_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "completed",
                "withdrawn",
                name="enrolmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_group_id"],
            ["class_group.id"],
            name=op.f("fk_enrolment_class_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_enrolment_learner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_enrolment_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "class_group_id", "learner_id", name=op.f("uq_enrolment_class_group_id_learner_id")
        ),
        sa.UniqueConstraint("registration", name=op.f("uq_enrolment_registration")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "item_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_skill_item_id_item")),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_item_skill_skill_id_skill")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_item_skill_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_skill")),
        sa.UniqueConstraint("item_id", "skill_id", name=op.f("uq_item_skill_item_id_skill_id")),
    )
    with op.batch_alter_table("item_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_skill_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_skill_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "quiz",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("identifier", sa.String(length=64), nullable=False),
        sa.Column(
            "place",
            sa.Enum("pre", "check", "post", name="quizplace", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_quiz_tenant_id_organisation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quiz_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
        sa.UniqueConstraint("unit_id", "identifier", name=op.f("uq_quiz_unit_id_identifier")),
    )
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "unit_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="versionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("machine_translated", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_unit_version_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_unit_version_tenant_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_unit_version_unit_id_number")),
    )
    with op.batch_alter_table("unit_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_version_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_version_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("is_correct", sa.Boolean(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_answer_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_answer_item_id_item")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_answer_learner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_answer_tenant_id_organisation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "enrolment_id",
            "item_id",
            "attempt",
            name=op.f("uq_answer_enrolment_id_item_id_attempt"),
        ),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_answer_learner_item", ["learner_id", "item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_tenant_id"), ["tenant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_block_tenant_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["unit_version.id"], name=op.f("fk_block_version_id_unit_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint(
            "version_id", "language", "position", name=op.f("uq_block_version_id_language_position")
        ),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "credit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("module_code", sa.String(length=40), nullable=False),
        sa.Column("module_title", sa.JSON(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column(
            "basis",
            sa.Enum("study", "recognition", name="basis", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("rule_set", sa.String(length=60), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_credit_entry_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_credit_entry_learner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_credit_entry_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_credit_entry_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_credit_entry_enrolment_id")),
    )
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_credit_entry_learner_entered", ["learner_id", "entered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_credit_entry_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_entry_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("regular", "periodic", "final", name="markkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("slot", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value >= 0 AND value <= 10", name=op.f("ck_mark_scale")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_mark_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_mark_given_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_mark_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index("ix_mark_enrolment_given", ["enrolment_id", "given_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mark_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "quiz_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_quiz_entry_item_id_item")),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_entry_quiz_id_quiz")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_quiz_entry_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_entry")),
        sa.UniqueConstraint("quiz_id", "item_id", name=op.f("uq_quiz_entry_quiz_id_item_id")),
    )
    with op.batch_alter_table("quiz_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_entry_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_entry_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "unit_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("block_key", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_unit_progress_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_unit_progress_tenant_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_progress_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_progress")),
        sa.UniqueConstraint(
            "enrolment_id", "unit_id", name=op.f("uq_unit_progress_enrolment_id_unit_id")
        ),
    )
    with op.batch_alter_table("unit_progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_progress_tenant_id"), ["tenant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_progress_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("credit_entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("public_code", sa.String(length=32), nullable=False),
        sa.Column("holder_name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_entry_id"],
            ["credit_entry.id"],
            name=op.f("fk_certificate_credit_entry_id_credit_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_certificate_learner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["organisation.id"], name=op.f("fk_certificate_tenant_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("credit_entry_id", name=op.f("uq_certificate_credit_entry_id")),
        sa.UniqueConstraint("public_code", name=op.f("uq_certificate_public_code")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_certificate_tenant_id_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_tenant_id"), ["tenant_id"], unique=False)

    # Units and their versions name each other: PostgreSQL wants the second key added afterwards,
    # SQLite has taken it with the table.
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key(
            op.f("fk_unit_published_version_id_unit_version"),
            "unit",
            "unit_version",
            ["published_version_id"],
            ["id"],
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(
            op.f("fk_unit_published_version_id_unit_version"), "unit", type_="foreignkey"
        )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_learner_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("unit_progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_progress_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_progress_tenant_id"))

    op.drop_table("unit_progress")
    with op.batch_alter_table("quiz_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_entry_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_entry_item_id"))

    op.drop_table("quiz_entry")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_tenant_id"))
        batch_op.drop_index("ix_mark_enrolment_given")

    op.drop_table("mark")
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_entry_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_credit_entry_module_id"))
        batch_op.drop_index("ix_credit_entry_learner_entered")

    op.drop_table("credit_entry")
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_block_tenant_id"))

    op.drop_table("block")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_unit_id"))
        batch_op.drop_index(batch_op.f("ix_answer_tenant_id"))
        batch_op.drop_index("ix_answer_learner_item")
        batch_op.drop_index(batch_op.f("ix_answer_item_id"))

    op.drop_table("answer")
    with op.batch_alter_table("unit_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_version_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_unit_version_author_id"))

    op.drop_table("unit_version")
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_tenant_id"))

    op.drop_table("quiz")
    with op.batch_alter_table("item_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_skill_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_item_skill_skill_id"))

    op.drop_table("item_skill")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_learner_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_tenant_id"))

    op.drop_table("unit")
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prerequisite_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_prerequisite_required_id"))

    op.drop_table("prerequisite")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_skill_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_tenant_id"))

    op.drop_table("item")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_import_run_module_id"))

    op.drop_table("import_run")
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_group_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_class_group_teacher_id"))
        batch_op.drop_index(batch_op.f("ix_class_group_module_id"))

    op.drop_table("class_group")
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asset_tenant_id"))

    op.drop_table("asset")
    with op.batch_alter_table("skill_lack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_lack_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_skill_lack_skill_id"))

    op.drop_table("skill_lack")
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_tenant_id"))

    op.drop_table("module")
    with op.batch_alter_table("resource_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_version_tenant_id"))

    op.drop_table("resource_version")
    with op.batch_alter_table("resource_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_skill_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_resource_skill_skill_id"))

    op.drop_table("resource_skill")
    with op.batch_alter_table("profile_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profile_skill_skill_id"))

    op.drop_table("profile_skill")
    with op.batch_alter_table("need_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_skill_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_need_skill_skill_id"))

    op.drop_table("need_skill")
    with op.batch_alter_table("lrs_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_token_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_lrs_token_key_id"))

    op.drop_table("lrs_token")
    with op.batch_alter_table("lrs_dead_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_dead_letter_tenant_id"))

    op.drop_table("lrs_dead_letter")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_tenant_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("curriculum_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_curriculum_version_tenant_id"))

    op.drop_table("curriculum_version")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_contact_profile_id"))
        batch_op.drop_index(batch_op.f("ix_contact_asked_by_id"))

    op.drop_table("contact")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_profile_id"))
        batch_op.drop_index("ix_candidate_best")

    op.drop_table("candidate")
    with op.batch_alter_table("skill_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_need_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_skill_need_posted_by_id"))
        batch_op.drop_index("ix_skill_need_open")
        batch_op.drop_index(batch_op.f("ix_skill_need_occupation_id"))

    op.drop_table("skill_need")
    with op.batch_alter_table("skill_ability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_ability_skill_id"))

    op.drop_table("skill_ability")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    op.drop_table("rule_set")
    with op.batch_alter_table("reuse", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reuse_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_reuse_resource_id"))
        batch_op.drop_index(batch_op.f("ix_reuse_given_by_id"))

    op.drop_table("reuse")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_resource_shared_by_id"))

    op.drop_table("resource")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")
    op.drop_table("recommended")
    with op.batch_alter_table("quiet_learner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiet_learner_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_quiet_learner_person_id"))

    op.drop_table("quiet_learner")
    with op.batch_alter_table("programme_occupation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_occupation_occupation_id"))

    op.drop_table("programme_occupation")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_tenant_id"))

    op.drop_table("programme")
    with op.batch_alter_table("profile_consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_profile_consent_current",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("profile_consent")
    op.drop_table("profile")
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupation_skill_skill_id"))

    op.drop_table("occupation_skill")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    with op.batch_alter_table("mastery_step", schema=None) as batch_op:
        batch_op.drop_index("ix_mastery_step_person_skill")

    op.drop_table("mastery_step")
    with op.batch_alter_table("lrs_transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_transfer_tenant_id"))

    op.drop_table("lrs_transfer")
    with op.batch_alter_table("lrs_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_target_tenant_id"))

    op.drop_table("lrs_target")
    with op.batch_alter_table("lrs_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_key_tenant_id"))

    op.drop_table("lrs_key")
    with op.batch_alter_table("lrs_forgetting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_forgetting_tenant_id"))

    op.drop_table("lrs_forgetting")
    with op.batch_alter_table("lrs_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_document_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_lrs_document_owner_key"))

    op.drop_table("lrs_document")
    with op.batch_alter_table("lrs_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lrs_alias_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_lrs_alias_persona_id"))

    op.drop_table("lrs_alias")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_tenant_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.drop_index("ix_indicator_value_day")

    op.drop_table("indicator_value")
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardianship_learner_id"))

    op.drop_table("guardianship")
    op.drop_table("general_ability")
    with op.batch_alter_table("email_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_email_token_person_id"))

    op.drop_table("email_token")
    op.drop_table("dashboard_part")
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_tax_code"))
        batch_op.drop_index(batch_op.f("ix_company_standing"))

    op.drop_table("company")
    with op.batch_alter_table("access_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_token_person_id"))

    op.drop_table("access_token")
    op.drop_table("taxonomy_release")
    with op.batch_alter_table("skill_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_group_release"))
        batch_op.drop_index(batch_op.f("ix_skill_group_parent_code"))

    op.drop_table("skill_group")
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_uri"))
        batch_op.drop_index(batch_op.f("ix_skill_release"))
        batch_op.drop_index(batch_op.f("ix_skill_group_code"))

    op.drop_table("skill")
    with op.batch_alter_table("programme_field", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_field_release"))

    op.drop_table("programme_field")
    with op.batch_alter_table("programme_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_code_trade"))
        batch_op.drop_index(batch_op.f("ix_programme_code_release"))
        batch_op.drop_index(batch_op.f("ix_programme_code_national_code"))
        batch_op.drop_index(batch_op.f("ix_programme_code_field_code"))

    op.drop_table("programme_code")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_release"))
        batch_op.drop_index(batch_op.f("ix_place_parent_code"))

    op.drop_table("place")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name_key"))

    op.drop_table("person")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupation_uri"))
        batch_op.drop_index(batch_op.f("ix_occupation_release"))
        batch_op.drop_index(batch_op.f("ix_occupation_isco"))

    op.drop_table("occupation")
    with op.batch_alter_table("lrs_statement", schema=None) as batch_op:
        batch_op.drop_index("ix_lrs_statement_tenant_seq")
        batch_op.drop_index(
            "ix_lrs_statement_target",
            postgresql_where=sa.text("target_id IS NOT NULL"),
            sqlite_where=sa.text("target_id IS NOT NULL"),
        )

    op.drop_table("lrs_statement")
    op.drop_table("lrs_mention")
    with op.batch_alter_table("lrs_description", schema=None) as batch_op:
        batch_op.drop_index("ix_lrs_description_key")

    op.drop_table("lrs_description")
    op.drop_table("lrs_attachment")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_due")

    op.drop_table("job")
    op.drop_table("item_difficulty")
    with op.batch_alter_table("industry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_industry_release"))

    op.drop_table("industry")
    op.drop_table("idempotency_key")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))

    op.drop_table("audit_entry")
