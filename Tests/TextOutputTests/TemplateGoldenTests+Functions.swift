extension TemplateGoldenTests {
    /// Templates that call functions, and what Go prints for them; `⏎` is a line feed.
    static let functions = #"""
        {{printf "%d" nil}}
        = %!d(<nil>)
        {{printf "%q" .Any.m}}
        = map["j":<nil> "k":"v"]
        {{printf "%x" -5}}
        = -5
        {{printf "%08d" -5}}
        = -0000005
        {{printf "%-8d|" -5}}
        = -5      |
        {{printf "%q" 65}}
        = 'A'
        {{eq 1 1}}
        = true
        {{eq "a" "b" "a"}}
        = true
        {{ne 1 2}}
        = true
        {{lt 1 2}}
        = true
        {{le 2 2}}
        = true
        {{gt "b" "a"}}
        = true
        {{ge 1 2}}
        = false
        {{eq .Any.n nil}}
        = true
        {{eq .Any.zz "x"}}
        = false
        {{eq true true}}
        = true
        {{eq .Id "sha256:0123456789abcdef"}}
        = true
        {{eq .Size 1000734}}
        = true
        {{lt .Size 5}}
        = false
        {{eq .Config.Entrypoint nil}}
        = true
        {{ne .Any.zz "x"}}
        = true
        {{"lit\t\"\u00e9\x41\101"}}
        = lit⇥"éAA
        {{`raw\n`}}
        = raw\n
        {{1}}
        = 1
        {{1.50}}
        = 1.5
        {{1e3}}
        = 1000
        {{0x1F}}
        = 31
        {{0b101}}
        = 5
        {{0o17}}
        = 15
        {{017}}
        = 15
        {{1_000}}
        = 1000
        {{'a'}}
        = 97
        {{'\n'}}
        = 10
        {{true}}
        = true
        {{-3}}
        = -3
        {{+4}}
        = 4
        {{.5}}
        = 0.5
        {{1e21}}
        = 1e+21
        {{1e20}}
        = 1e+20
        {{0.00001}}
        = 1e-05
        {{1e-4}}
        = 0.0001
        {{123456789.25}}
        = 1.2345678925e+08
        {{1e100}}
        = 1e+100
        {{print nil}} {{print 1.5 2.0}}
        = <nil> 1.5 2
        {{(index .RepoTags 0) | upper | printf "%s-%s" "x"}}
        = x-A:1
        {{(.Config).Tty}}
        = false
        {{(index .Any "m").k}}
        = v
        {{.Id | printf "%.12s"}} {{"x" | printf "%s" | len}}
        = sha256:01234 1
        {{.Any.zz.deeper}}
        = <no value>
        {{not .Any.zz}} {{not 0}} {{not "x"}}
        = true true false
        {{.Id | }}
        = sha256:0123456789abcdef
        {{ . | json | len }}
        = 502
        {{.Id}}}}
        = sha256:0123456789abcdef}}
        {{true | not}}
        = false
        {{.Id|len}}
        = 23
        {{.Config.Labels.multi}}
        = l1⏎l2
        {{print .Config.Labels.multi "x"}}
        = l1⏎l2x
        {{printf "%v %v" .Config.Tty .RootFS}}
        = false {layers [sha256:aa sha256:bb sha256:cc]}
        {{- .Id}}
        = sha256:0123456789abcdef
        {{3 -}} x
        = 3x
        {{and 1 0 (index .RepoTags 9)}}
        = 0
        {{or 1 (index .RepoTags 9)}}
        = 1
        {{.Comment | or "a"}} {{.Comment | or ""}} {{"z" | and 1}}
        = a  z
        {{print .Config.Healthcheck}}
        = <nil>
        {{title "éa ǆx"}}
        = Éa ǅx
        a⏎ b {{.Id}}⏎{{- 1}}⏎  {{- 2 -}} ⏎ c
        = a⏎ b sha256:0123456789abcdef12c
        {{`a⏎b`}}
        = a⏎b
        {{printf "[%05s]" "ab"}}
        = [000ab]
        {{printf "%-05d|%05.1s|%+v|%x" 3 "ab" "z" "日"}}
        = 3    |0000a|z|e697a5
        {{printf "%q" "日本 \u202e \x01 \u00ad \u3000 é"}}
        = "日本 \u202e \x01 \u00ad \u3000 é"
        {{eq 1.5 1.5}} {{lt 1.5 2.5}}
        = true true
        {{split .Id ":" | len}}
        = 2
        {{(index .RootFS.Layers 0) | printf "%.8s"}}
        = sha256:a
        {{printf "%.3d|%6.3d|%06.3d|%-6.3d|%.0d" 5 5 -5 5 0}}
        = 005|   005|  -005|005   |
        {{join .Any.zz ","}}|
        = |
        {{printf "%.2s" 1}}
        = %!s(int=01)
        """#
}
