// Mounts a demo where the page has a place for one, as soon as it comes near.
(() => {
  const source = new URL("../demos/demos.js", document.currentScript.src);
  let loading;
  const demos = () => (loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: () => done(window.xorDemos), onerror: failed });
    document.head.append(script);
  }));

  async function mount(place) {
    const { DEMOS, linkTo } = await demos(), { demo } = place.dataset;
    const link = place.nextElementSibling.firstElementChild;
    const follow = (state) => { link.hash = linkTo(demo, state); };
    DEMOS[demo].open(place, JSON.parse(place.dataset.state), follow);
  }

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      mount(target);
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll("[data-demo]")) near.observe(place);

  // What the theme leaves outside its landmarks, without a name or a heading.
  document.querySelector("article").prepend(document.querySelector(".back-to-top"));
  const named = { ".sidebar-drawer": "the book", ".toc-drawer": "this page" };
  for (const [part, name] of Object.entries(named))
    document.querySelector(part)?.setAttribute("aria-label", name);
  document.getElementById("search-results")?.insertAdjacentHTML("beforebegin", "<h1>Search</h1>");

  // What is wider than its box scrolls there, by keyboard as well, and fades where it goes on.
  const look = () => document.querySelectorAll("pre, .table-wrapper, .formula, .picture").forEach((box) => {
    const most = box.scrollWidth - box.clientWidth - 1; // but for rounding
    box.classList.toggle("before", box.scrollLeft > 1);
    box.classList.toggle("beyond", box.scrollLeft < most);
    if (most > 0 && box.tabIndex) // not yet; a picture is a link, and has its words
      Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: "goes on sideways" });
  });
  for (const event of ["resize", "scroll", "toggle"]) addEventListener(event, look, true);
  look();
})();
