extension TemplateGoldenTests {
    /// Templates with blocks or variables, and what Go prints for them; `⏎` is a line feed.
    static let blocks = #"""
        {{range .RepoTags}}[{{.}}]{{end}}
        = [a:1][b/c:2]
        {{range $i, $v := .RepoTags}}{{$i}}={{$v}};{{end}}
        = 0=a:1;1=b/c:2;
        {{range $v := .RepoTags}}{{$v}}{{$.Size}};{{end}}
        = a:11000734;b/c:21000734;
        {{range $k, $v := .Config.Labels}}{{$k}}:{{$v}};{{end}}
        = a:1 <&>;b:2;multi:l1⏎l2;x.y:dots;
        {{range .Config.Entrypoint}}x{{else}}none{{end}}
        = none
        {{range $i, $v := .RootFS.Layers}}{{if eq $i 1}}{{continue}}{{end}}{{$v}},{{end}}
        = sha256:aa,sha256:cc,
        {{range $i, $v := .RootFS.Layers}}{{if $i}}{{break}}{{end}}{{$v}},{{end}}
        = sha256:aa,
        {{if .Config.Tty}}a{{else if .Comment}}b{{else if .Id}}c{{else}}d{{end}}
        = c
        {{if and .Id .Size}}y{{end}}{{if or .Comment .Config.Tty}}y{{else}}n{{end}}{{if not .Comment}}z{{end}}
        = ynz
        {{with .Config}}{{.Env}}{{$.Id}}{{end}}{{with .Comment}}x{{else}}none{{end}}
        = [A=1 B=<2> PATH=/bin:/usr/bin]sha256:0123456789abcdefnone
        {{$x := .Id}}{{$x}}{{$x = "y"}}{{$x}}
        = sha256:0123456789abcdefy
        {{$x := 1}}{{if true}}{{$x = 2}}{{$y := 3}}{{$y}}{{end}}{{$x}}
        = 32
        {{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}
        = 21
        {{$l := .Config.Labels}}{{$l.a}} {{$.Config.User}}|
        = 1 <&> |
        {{.Any.l}} {{.Any.m}} {{.Any.e}} {{.Any.i}} {{range .Any.l}}<{{.}}>{{end}}
        = [a 1 true <nil>] map[j:<nil> k:v] [] 42 <a><1><true><<no value>>
        {{range $k, $v := .Any.m}}{{$k}}={{$v}} {{end}}
        = j=<no value> k=v 
        {{range .Any.zz}}x{{else}}e{{end}}{{range .Any.n}}x{{else}}e{{end}}
        = ee
        {{len .Any.e}}{{if .Any.e}}t{{else}}f{{end}}
        = 0f
        x{{range $i := .RepoTags}}{{$i}}{{end}}
        = xa:1b/c:2
        {{range $i, $v := .Config.Entrypoint}}x{{else}}{{$i}}{{end}}
        = []
        {{if⏎.Id}}y{{end}}
        = y
        {{with .Comment}}a{{else with .Id}}b{{end}}
        = b
        {{range $i := 3}}{{$i}}{{end}}{{range 2}}{{.}}{{end}}
        = 01201
        {{$x := 5}}{{range $x = .RepoTags}}{{$x}} {{end}}{{$x}}
        = a:1 b/c:2 b/c:2
        """#
}
