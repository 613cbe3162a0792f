/** A style sheet, imported, is a module of its own. */
declare module "*.css" { const sheet: CSSStyleSheet; export default sheet; }
