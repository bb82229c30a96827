/* <lesson-progress data-address="…"> remembers the block that is read, so that one comes back to it. */
class LessonProgress extends HTMLElement {
  connectedCallback() {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) this.block = entry.target.id;
    }, { rootMargin: "0px 0px -60% 0px" });
    for (const block of this.querySelectorAll("[data-block]")) seen.observe(block);
    document.addEventListener("visibilitychange", () => this.tell());
    addEventListener("pagehide", () => this.tell());
  }

  tell() {
    if (document.visibilityState !== "hidden" || !this.block || this.block === this.told) return;
    this.told = this.block;
    const form = new FormData();
    form.set("block", this.block);
    form.set("csrf_token", document.querySelector('meta[name="csrf-token"]')?.content ?? "");
    navigator.sendBeacon(this.dataset.address, form);
  }
}

customElements.define("lesson-progress", LessonProgress);
