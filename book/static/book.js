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
  // They grow, and would push down what a link has just led to.
  new ResizeObserver(() => {
    const target = performance.now() < 3000 && document.querySelector(":target");
    if (target) target.scrollIntoView({ behavior: "instant" });
  }).observe(document.querySelector("article"));

  // Guesses, as demo.js keeps them too: in this browser alone, by the address of what was asked.
  const boxes = document.querySelectorAll(".guess textarea"), NAME = "xor-guesses";
  let kept = {}; // where the browser refuses to keep them, they last as long as the page
  try {
    localStorage.removeItem("");
    kept = localStorage;
  } catch {
    for (const box of boxes) box.after("This browser keeps nothing: it is gone when you leave.");
  }
  const guesses = () => JSON.parse(kept[NAME] ?? "{}");
  const title = document.querySelector("h1")?.firstChild.data;
  for (const box of boxes) {
    const address = `notebooks/${location.pathname.split("/").at(-1)}#${box.id}`;
    const prompt = box.closest("p").previousElementSibling, words = prompt.textContent.trim();
    const bold = [...prompt.querySelectorAll("strong")].at(-1)?.textContent ?? "";
    const asked = `${title}: ${words.slice(words.indexOf(bold))}`;
    const tell = () => {
      for (const line of document.querySelectorAll(`[data-guess="${box.id}"]`))
        line.textContent = box.value && `You guessed: ${box.value}`;
    };
    box.value = guesses()[address]?.guess ?? "";
    box.oninput = () => {
      kept[NAME] = JSON.stringify({ ...guesses(), [address]: { asked, guess: box.value } });
      tell();
    };
    tell();
  }

  // The laboratory needs a server, be it one on this computer.
  if (location.protocol === "file:")
    for (const way of document.querySelectorAll(".run"))
      way.textContent = "To run it here, serve the folder of this book: python -m http.server.";

  // The page of them all.
  const list = document.getElementById("guesses");
  if (list) {
    for (const [href, { asked, guess }] of Object.entries(guesses())) {
      if (!guess) continue;
      const entry = document.createElement("p");
      const link = Object.assign(document.createElement("a"), { href, textContent: asked });
      entry.append(link, `\nYou guessed: ${guess}`);
      list.append(entry);
    }
    document.getElementById("save").href = URL.createObjectURL(new Blob([list.innerText]));
    document.getElementById("forget").onclick = () => {
      if (!confirm("Delete all your guesses from this browser?")) return;
      delete kept[NAME];
      location.reload();
    };
  }

  // The search: first come the sections that words.yaml lists for something in what was asked.
  const apart = (a, b) => { // 0 for the same word; numbers are alike to the digits that both have
    if (a === b) return 0;
    const digits = [a, b].map((word) => word.match(/^\d*[.,](\d+)$/)?.[1].length);
    const distance = Math.abs(a.replace(",", ".") - b.replace(",", "."));
    return distance < 1.01 * 10 ** -Math.max(2, Math.min(...digits)) ? distance : Infinity;
  };
  if (typeof Search !== "undefined") {
    const stemmer = new Stemmer(), search = Search._performSearch;
    const wordsOf = (text) => splitQuery(text.toLowerCase()).map((word) => stemmer.stemWord(word));
    Search._performSearch = (query, ...terms) => {
      const { alltitles, docnames, filenames, titles } = Search._index, asked = wordsOf(query), listed = {};
      for (const [place, entries] of Object.entries(xorWords)) {
        const [page, id] = place.split("#"), file = docnames.indexOf(page);
        const score = Math.max(...entries.map((entry) => {
          const words = wordsOf(String(entry));
          const off = asked.map((_, at) => words.reduce((sum, word, k) => sum + apart(word, asked[at + k] ?? ""), 0));
          return words.length + /\d/.test(entry) / 2 - Math.min(...off); // more words, numbers, nearer ones
        }));
        const [title] = Object.entries(alltitles).find(([, places]) => places.some(([f, i]) => f === file && i === id));
        if (score > 0)
          listed[place] = [page, `${titles[file]} > ${title}`, `#${id}`, null, score, filenames[file], "title"];
      }
      const others = search(query, ...terms).filter(([page, , anchor]) => !listed[page + anchor]);
      return [...others, ...Object.values(listed).sort((a, b) => b[4] - a[4]).reverse()]; // shown from the last
    };
  }

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
