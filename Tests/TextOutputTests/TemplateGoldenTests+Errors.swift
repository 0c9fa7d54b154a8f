extension TemplateGoldenTests {
    /// Templates that fail, and how; place and piece are those that Go names, `⏎` is a line feed.
    static let errors = #"""
        {{printf "%z" 1}}
        ! template: :1:2: executing "" at <printf "%z" 1>: error calling printf: a verb or flag in "%z" is not supported
        {{eq .Id}}
        ! template: :1:2: executing "" at <eq .Id>: error calling eq: missing argument for comparison
        {{.Nope}}
        ! template: :1:2: executing "" at <.Nope>: unknown field Nope; known are .Any, .Comment, .Config, .Data, .Id, .RepoTags, .RootFS, .Size
        {{.Config.Nope}}
        ! template: :1:9: executing "" at <.Config.Nope>: unknown field Nope; known are .Cmd, .Entrypoint, .Env, .ExposedPorts, .Healthcheck, .Labels, .Tty, .User, .Volumes
        {{.Id.X}}
        ! template: :1:5: executing "" at <.Id.X>: can't evaluate field X in type string
        {{.Any.n.x}}
        ! template: :1:6: executing "" at <.Any.n.x>: nil pointer evaluating .x
        {{.Config.Healthcheck.Test}}
        ! template: :1:9: executing "" at <.Config.Healthcheck.Test>: nil pointer evaluating .Test
        {{foo}}
        ! template: :1:2: function "foo" not defined in "{{foo}}"
        {{.Id
        ! template: :1:0: unclosed action in "{{.Id"
        {{
        ! template: :1:0: unclosed action in "{{"
        {{}}
        ! template: :1:2: missing value for command in "{{}}"
        {{end}}
        ! template: :1:2: unexpected {{end}} in "{{end}}"
        {{if .Id}}x
        ! template: :1:2: unexpected end of template: {{if}} has no {{end}} in "{{if .Id}}x"
        {{else}}
        ! template: :1:2: unexpected {{else}} in "{{else}}"
        {{if}}x{{end}}
        ! template: :1:4: missing value for if in "{{if}}x{{end}}"
        {{range .Id}}{{end}}
        ! template: :1:8: executing "" at <.Id>: range can't iterate over a value of type string
        {{break}}
        ! template: :1:2: {{break}} outside {{range}} in "{{break}}"
        {{continue}}
        ! template: :1:2: {{continue}} outside {{range}} in "{{continue}}"
        {{nil}}
        ! template: :1:2: executing "" at <nil>: nil is not a command
        {{$y}}
        ! template: :1:2: undefined variable "$y" in "{{$y}}"
        {{$x := 1 2}}
        ! template: :1:8: executing "" at <1>: can't give argument to non-function 1
        {{.Id 1}}
        ! template: :1:2: executing "" at <.Id>: can't give argument to non-function .Id
        {{1 | 2}}
        ! template: :1:6: non executable command in pipeline stage 2 in "{{1 | 2}}"
        {{| .Id}}
        ! template: :1:2: unexpected "|" in command in "{{| .Id}}"
        {{(.Id}}
        ! template: :1:0: unclosed left paren in "{{(.Id}}"
        {{.Id)}}
        ! template: :1:5: unexpected ")" in "{{.Id)}}"
        {{"abc}}
        ! template: :1:2: unterminated quoted string in "{{"abc}}"
        {{`abc}}
        ! template: :1:2: unterminated quoted string in "{{`abc}}"
        {{"a\qb"}}
        ! template: :1:2: invalid escape in "a\qb" in "{{"a\qb"}}"
        {{/* x }}
        ! template: :1:0: unclosed comment in "{{/* x }}"
        {{/* x */ .Id}}
        ! template: :1:0: comment ends before closing delimiter in "{{/* x */ .Id}}"
        {{index .RepoTags 5}}
        ! template: :1:2: executing "" at <index .RepoTags 5>: error calling index: index out of range: 5
        {{index .RepoTags "a"}}
        ! template: :1:2: executing "" at <index .RepoTags "a">: error calling index: cannot index slice/array with type string
        {{index .Config.Labels 1}}
        ! template: :1:2: executing "" at <index .Config.Labels 1>: error calling index: value has type int; should be string
        {{index .RootFS 1}}
        ! template: :1:2: executing "" at <index .RootFS 1>: error calling index: can't index item of type object
        {{index nil 1}}
        ! template: :1:2: executing "" at <index nil 1>: error calling index: index of untyped nil
        {{index .Any.zz "a"}}
        ! template: :1:2: executing "" at <index .Any.zz "a">: error calling index: index of untyped nil
        {{upper 1}}
        ! template: :1:8: executing "" at <1>: wrong type for value; expected string; got int
        {{upper .Size}}
        ! template: :1:8: executing "" at <.Size>: wrong type for value; expected string; got int
        {{upper .Any.zz}}
        ! template: :1:12: executing "" at <.Any.zz>: invalid value; expected string
        {{join .Id ","}}
        ! template: :1:7: executing "" at <.Id>: wrong type for value; expected list of strings; got string
        {{join .Config.Labels ","}}
        ! template: :1:14: executing "" at <.Config.Labels>: wrong type for value; expected list of strings; got map
        {{truncate .Id "x"}}
        ! template: :1:15: executing "" at <"x">: wrong type for value; expected int; got string
        {{truncate .Id -1}}
        ! template: :1:2: executing "" at <truncate .Id -1>: error calling truncate: negative length -1
        {{pad .Id -1 0}}
        ! template: :1:2: executing "" at <pad .Id -1 0>: error calling pad: count of spaces -1 is not from 0 to 10000
        {{upper}}
        ! template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0
        {{upper "a" "b"}}
        ! template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 2
        {{.Size | upper}}
        ! template: :1:10: executing "" at <upper>: wrong type for value; expected string; got int
        {{len 5}}
        ! template: :1:2: executing "" at <len 5>: error calling len: len of type int
        {{len nil}}
        ! template: :1:2: executing "" at <len nil>: error calling len: len of type nil
        {{len .RootFS}}
        ! template: :1:2: executing "" at <len .RootFS>: error calling len: len of type object
        {{eq 1 "a"}}
        ! template: :1:2: executing "" at <eq 1 "a">: error calling eq: incompatible types for comparison
        {{lt 1 "a"}}
        ! template: :1:2: executing "" at <lt 1 "a">: error calling lt: incompatible types for comparison
        {{lt true false}}
        ! template: :1:2: executing "" at <lt true false>: error calling lt: invalid type for comparison
        {{lt .Any.n 1}}
        ! template: :1:2: executing "" at <lt .Any.n 1>: error calling lt: invalid type for comparison
        {{eq .RepoTags .RepoTags}}
        ! template: :1:2: executing "" at <eq .RepoTags .RepoTags>: error calling eq: non-comparable type list
        {{slice .Id 5 2}}
        ! template: :1:2: executing "" at <slice .Id 5 2>: error calling slice: invalid slice index: 5 > 2
        {{slice .Id 100}}
        ! template: :1:2: executing "" at <slice .Id 100>: error calling slice: index out of range: 100
        {{slice .Size 1}}
        ! template: :1:2: executing "" at <slice .Size 1>: error calling slice: can't slice item of type int
        {{block "x" .}}{{end}}
        ! template: :1:2: {{block}} is not supported in "{{block "x" .}}{{end}}"
        {{define "x"}}{{end}}
        ! template: :1:2: {{define}} is not supported in "{{define "x"}}{{end}}"
        {{template "x"}}
        ! template: :1:2: {{template}} is not supported in "{{template "x"}}"
        {{.Id | foo}}
        ! template: :1:8: function "foo" not defined in "{{.Id | foo}}"
        {{range $i, $j, $k := .RepoTags}}{{end}}
        ! template: :1:12: too many declarations in range in "{{range $i, $j, $k := .RepoTags}}{{end}}"
        {{range 1 2}}{{end}}
        ! template: :1:8: executing "" at <1>: can't give argument to non-function 1
        {{$x, $y := .Id}}
        ! template: :1:2: too many declarations in command in "{{$x, $y := .Id}}"
        {{"x".Foo}}
        ! template: :1:5: unexpected . after "x" in "{{"x".Foo}}"
        {{..Id}}
        ! template: :1:3: unexpected . after . in "{{..Id}}"
        {{. Id}}
        ! template: :1:4: function "Id" not defined in "{{. Id}}"
        {{.Id.}}
        ! template: :1:5: unexpected "." in operand in "{{.Id.}}"
        {{.}}{{
        ! template: :1:5: unclosed action in "{{.}}{{"
        {{$}}{{$.}}
        ! template: :1:8: unexpected "." in operand in "{{$}}{{$.}}"
        {{12x}}
        ! template: :1:2: bad number "12x" in "{{12x}}"
        {{1.2.3}}
        ! template: :1:2: bad number "1.2.3" in "{{1.2.3}}"
        {{99999999999999999999}}
        ! template: :1:2: bad number "99999999999999999999" in "{{99999999999999999999}}"
        {{'ab'}}
        ! template: :1:2: malformed character constant 'ab' in "{{'ab'}}"
        {{''}}
        ! template: :1:2: malformed character constant '' in "{{''}}"
        {{ #  }}
        ! template: :1:3: unrecognized character in action: "#" in "{{ #  }}"
        {{ “x” }}
        ! template: :1:3: unrecognized character in action: "“" in "{{ “x” }}"
        {{{.Id}}}
        ! template: :1:2: unrecognized character in action: "{" in "{{{.Id}}}"
        {{if .Id}}{{else}}{{else}}{{end}}
        ! template: :1:2: unexpected {{else}}: {{if}} has no {{end}} in "{{if .Id}}{{else}}{{else}}{{end}}"
        {{if .Id}}{{else range}}{{end}}
        ! template: :1:17: unexpected "range" in else in "{{if .Id}}{{else range}}{{end}}"
        {{with .Id}}{{else if .Id}}{{end}}{{end}}
        ! template: :1:14: unexpected {{else if}} in "{{with .Id}}{{else if .Id}}{{end}}{{end}}"
        {{$x=1}}
        ! template: :1:4: bad character "=" in "{{$x=1}}"
        {{$x = 1}}
        ! template: :1:2: undefined variable "$x" in "{{$x = 1}}"
        {{eq(len .Id)23}}
        ! template: :1:4: unexpected "(" in operand in "{{eq(len .Id)23}}"
        {{print(1)}}
        ! template: :1:7: unexpected "(" in operand in "{{print(1)}}"
        {{-.Id}}
        ! template: :1:2: bad number "-.Id" in "{{-.Id}}"
        {{3-}} x
        ! template: :1:3: unexpected "-" in operand in "{{3-}} x"
        {{and}}
        ! template: :1:2: executing "" at <and>: wrong number of args for and: want at least 1 got 0
        {{printf "%[1]s" "a"}}
        ! template: :1:2: executing "" at <printf "%[1]s" "a">: error calling printf: a verb or flag in "%[1]s" is not supported
        {{printf "%*d" 5 1}}
        ! template: :1:2: executing "" at <printf "%*d" 5 1>: error calling printf: a verb or flag in "%*d" is not supported
        {{printf "%#x" 1}}
        ! template: :1:2: executing "" at <printf "%#x" 1>: error calling printf: a verb or flag in "%#x" is not supported
        {{html "<"}}
        ! template: :1:2: function "html" not supported in "{{html "<"}}"
        {{index .Config.Labels .Any.n}}
        ! template: :1:2: executing "" at <index .Config.Labels .Any.n>: error calling index: value has type nil; should be string
        x⏎{{foo}}
        ! template: :2:2: function "foo" not defined in "x\n{{foo}}"
        x⏎ y{{.Nope}}
        ! template: :2:4: executing "" at <.Nope>: unknown field Nope; known are .Any, .Comment, .Config, .Data, .Id, .RepoTags, .RootFS, .Size
        {{"a⏎b"}}
        ! template: :1:2: unterminated quoted string in "{{"a\nb"}}"
        {{range $i, $j := 2}}{{end}}
        ! template: :1:18: executing "" at <2>: can't use 2 to iterate over more than one variable
        """#
}
