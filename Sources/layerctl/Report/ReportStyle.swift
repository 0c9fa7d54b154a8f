/// How the report looks, beside what all pages have in common.
enum ReportStyle {
    static let css = """
        #bar { display: flex; height: 34px; border-radius: 8px; overflow: hidden; margin-bottom: .9rem; background: var(--line); }
        #bar div { min-width: 2px; border-right: 1px solid var(--card); }
        .digest { white-space: nowrap; }
        .swatch { width: .85rem; height: .85rem; border-radius: 3px; display: inline-block; }
        #crumbs button { background: none; border: 0; padding: 0 .15rem .6rem 0; color: inherit; font: inherit; cursor: pointer; }
        #crumbs button:hover { text-decoration: underline; }
        #map { position: relative; height: 32rem; border-radius: 8px; overflow: hidden; background: var(--line); }
        #map .place { position: absolute; overflow: hidden; border: 1px solid var(--edge); padding: 2px 5px; color: #10131a;
        font: 12px/1.3 system-ui, sans-serif; text-align: left; white-space: nowrap; display: flex; flex-direction: column; align-items: flex-start; }
        #map button.place { cursor: zoom-in; }
        #map .place:hover { filter: brightness(1.12); }
        """
}
