extension TemplateGoldenTests {
    /// Templates of actions alone, and what Go prints for them; `⏎` is a line feed and `⇥` a tab.
    static let actions = #"""
        plain text
        = plain text
        {{.Id}}
        = sha256:0123456789abcdef
        {{ .Id }}|{{- .Id -}}|  {{- " x " -}}  |
        = sha256:0123456789abcdef|sha256:0123456789abcdef| x |
        a  {{- /* c */ -}}  b
        = ab
        a {{/* c */}} b
        = a  b
        {{.Config.Env}}
        = [A=1 B=<2> PATH=/bin:/usr/bin]
        {{.RepoTags}} {{.RootFS}} {{.Config.Labels}}
        = [a:1 b/c:2] {layers [sha256:aa sha256:bb sha256:cc]} map[a:1 <&> b:2 multi:l1⏎l2 x.y:dots]
        {{.Config.ExposedPorts}}
        = map[80/tcp:{}]
        {{.Config.Volumes}}
        = map[]
        {{.Config.Healthcheck}}
        = <nil>
        {{.Config.Entrypoint}}
        = []
        {{json .RootFS}}
        = {"Type":"layers","Layers":["sha256:aa","sha256:bb","sha256:cc"]}
        {{json .Config.Labels}}
        = {"a":"1 <&>","b":"2","multi":"l1\nl2","x.y":"dots"}
        {{json .Config.Entrypoint}}
        = null
        {{json .Config.Healthcheck}}
        = null
        {{json .Id}}
        = "sha256:0123456789abcdef"
        {{or .Comment "none"}} {{and .Id "last"}} {{or .Comment 0 "" .Id "x"}}
        = none last sha256:0123456789abcdef
        {{index .Config.Labels "a"}}
        = 1 <&>
        {{index .Config.Labels "nokey"}}
        = 
        {{.Config.Labels.nokey}}
        = <no value>
        {{index .RepoTags 1}}
        = b/c:2
        {{index .Any "l" 0}}
        = a
        {{index .Any.m "k"}}
        = v
        {{index .Any "zz"}}
        = <no value>
        {{index .Id 0}}
        = 115
        {{slice .Id 7 19}}
        = 0123456789ab
        {{slice .Id 7}}
        = 0123456789abcdef
        {{slice .RepoTags 1}}
        = [b/c:2]
        {{slice .RepoTags 0 1}}
        = [a:1]
        {{len .Id}}
        = 23
        {{len .RepoTags}}
        = 2
        {{len .Config.Labels}}
        = 4
        {{len .Config.Entrypoint}}
        = 0
        {{.Id | len}}
        = 23
        {{join .Config.Cmd " "}}
        = sh -c x y
        {{.Config.Env | len | printf "%03d"}}
        = 003
        {{join (split .Id ":") "/"}}
        = sha256/0123456789abcdef
        {{split .Id ":"}}
        = [sha256 0123456789abcdef]
        {{split "abc" ""}}
        = [a b c]
        {{split "" ","}}
        = []
        {{split "" ""}}
        = []
        {{len (split "" ",")}}
        = 1
        {{split "a,b,,c" ","}}
        = [a b  c]
        {{upper "aßé"}} {{lower "ÀB"}} {{title "hello wORLD foo-bar x_y 1a"}}
        = AßÉ àb Hello WORLD Foo-Bar X_y 1a
        {{pad .Id 1 2}}
        =  sha256:0123456789abcdef  
        {{pad "" 3 3}}
        = 
        {{truncate .Id 6}}
        = sha256
        {{truncate "ab" 5}}
        = ab
        {{truncate "ab" 2}}
        = ab
        {{println "a" 1 true}}
        = a 1 true⏎
        {{print "a" "b" 1 2 true "c" 3}}
        = ab1 2 truec3
        {{print 1 2}}
        = 1 2
        {{print}}
        = 
        {{println}}
        = ⏎
        {{println .Config.Env}}
        = [A=1 B=<2> PATH=/bin:/usr/bin]⏎
        {{println .Any.n}}
        = <nil>⏎
        {{print .Any.zz}}
        = <nil>
        {{.Any.n}}
        = <no value>
        {{.Any.zz}}
        = <no value>
        {{printf "%s|%v|%d|%q|%t|%x|%%" "s" "v" 42 "q\"\n" true "hex"}}
        = s|v|42|"q\"\n"|true|686578|%
        {{printf "%5s|%-5s|%05d|%+d|% d|%5d|%-5d|%x|%X|%o|%b|%c" "ab" "ab" 42 42 42 42 42 255 255 8 5 65}}
        =    ab|ab   |00042|+42| 42|   42|42   |ff|FF|10|101|A
        {{printf "%.2s|%5.1s|%q|%v" "日本語" "日本" .RepoTags .Any}}
        = 日本|    日|["a:1" "b/c:2"]|map[e:[] i:42 l:[a 1 true <nil>] m:map[j:<nil> k:v] n:<nil> s:text]
        {{printf "%d" "x"}}
        = %!d(string=x)
        {{printf "%s" 5}}
        = %!s(int=5)
        {{printf "%s %s" "a"}}
        = a %!s(MISSING)
        {{printf "%s" "a" 1 "b"}}
        = a%!(EXTRA int=1, string=b)
        {{printf "%"}}
        = %!(NOVERB)
        {{printf "%t" 1}}
        = %!t(int=1)
        {{printf "%s" .RepoTags}}
        = [a:1 b/c:2]
        {{printf "%d" .RepoTags}}
        = [%!d(string=a:1) %!d(string=b/c:2)]
        {{printf "%5d" .Any.l}}
        = [%!d(string=    a)     1 %!d(bool= true) <nil>]
        {{printf "%v" .Any.n}}
        = <nil>
        {{printf "%s" .Any.n}}
        = %!s(<nil>)
        """#
}
