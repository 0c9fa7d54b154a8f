/// How all pages look, light and dark.
enum PageStyle {
    static let css = """
        :root { --back: #fbfbfd; --card: #ffffff; --ink: #1c2230; --soft: #5c6577; --line: #e3e6ee; --edge: rgba(0,0,0,.16); }
        @media (prefers-color-scheme: dark) {
        :root { --back: #12151c; --card: #1a1f29; --ink: #e8ebf2; --soft: #97a1b5; --line: #2b3240; --edge: rgba(0,0,0,.45); } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        header, section { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1.5rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin-bottom: 1.25rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: .6rem 0 .1rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; margin: 0 0 .8rem; }
        #subtitle, .note { color: var(--soft); margin: 0; overflow-wrap: anywhere; }
        .note { font-size: .85rem; margin-top: .6rem; }
        dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1rem 0 0; }
        dt { color: var(--soft); font-size: .8rem; }
        dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        table { border-collapse: collapse; width: 100%; font-size: .88rem; }
        th { text-align: left; color: var(--soft); font-weight: 500; }
        th, td { padding: .32rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        td { overflow-wrap: anywhere; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .code { font: .82rem/1.5 ui-monospace, monospace; }
        """
}
