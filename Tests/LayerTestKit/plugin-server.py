"""A volume plugin that keeps directories: `plugin-server.py SOCKET FOLDER [CALL=FAULT …]`.

Writes "ready" when it listens, and each call with its body as a line of FOLDER/calls. It ends with its standard input. A fault is a wrong
answer to one call. Unmount looks whether a process called layerctl has anything of the volume open still: the record says "busy" then.
"""
import http.server
import json
import os
import socketserver
import sys
import threading
import time

socket_path, folder = sys.argv[1], sys.argv[2]
faults = dict(argument.split("=", 1) for argument in sys.argv[3:])
volumes = {}
lock = threading.Lock()


def is_busy(path):
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.path.basename(os.readlink(f"/proc/{process}/exe")) != "layerctl":
                continue
            for number in os.listdir(f"/proc/{process}/fd"):
                if (os.readlink(f"/proc/{process}/fd/{number}") + "/").startswith(path + "/"):
                    return True
        except OSError:
            continue
    return False


class Refusal(Exception):
    pass


def place(name):
    return f"{folder}/volumes/{name}"


def known(name):
    if name not in volumes:
        raise Refusal(f"no volume {name} here")
    return volumes[name]


def shown(name, is_whole):
    volume = {"Name": name, "Mountpoint": place(name) if volumes[name]["users"] or not is_whole else ""}
    if is_whole:
        volume["CreatedAt"] = "2020-02-02T02:02:02Z"
        volume["Status"] = {"users": len(volumes[name]["users"])}
    return volume


def answer(call, body):
    name = body.get("Name", "")
    if call == "Plugin.Activate":
        return {"Implements": ["VolumeDriver"]}
    if call == "VolumeDriver.Capabilities":
        return {"Capabilities": {"Scope": "global"}}
    if call == "VolumeDriver.List":
        return {"Volumes": [shown(each, False) for each in sorted(volumes)]}
    if call == "VolumeDriver.Create":
        if "refuse" in (body.get("Opts") or {}):
            raise Refusal("not \x1b[31mthis\x1b[0m\none")
        os.makedirs(place(name), exist_ok=True)
        volumes[name] = {"users": []}
        return {}
    volume = known(name)
    if call == "VolumeDriver.Get":
        return {"Volume": shown(name, True)}
    if call == "VolumeDriver.Remove":
        if volume["users"]:
            raise Refusal(f"{name} is in use")
        del volumes[name]
        return {}
    if call == "VolumeDriver.Path":
        return {"Mountpoint": place(name) if volume["users"] else ""}
    if call == "VolumeDriver.Mount":
        volume["users"].append(body["ID"])
        return {"Mountpoint": place(name)}
    if call == "VolumeDriver.Unmount":
        if body["ID"] not in volume["users"]:
            raise Refusal(f"{name} is not mounted by {body['ID']}")
        volume["users"].remove(body["ID"])
        return {}
    raise Refusal("unknown call")


wrong = {
    "json": b"{",
    "array": b"[]",
    "deep": b"[" * 1000 + b"]" * 1000,
    "relative": json.dumps({"Mountpoint": "../etc", "Volume": {"Name": "one", "Mountpoint": "etc"}}).encode(),
    "nul": json.dumps({"Mountpoint": "/a\0b"}).encode(),
    "nothing": b"{}",
    "number": b'{"Mountpoint":7,"Volume":{"Name":7},"Volumes":7}',
    "other": b'{"Volume":{"Name":"another"},"Volumes":[7]}',
    "role": b'{"Implements":["NetworkDriver"]}',
    "error": json.dumps({"Err": "bad \x1b[31mluck\n"}).encode(),
    "huge": b" " * (17 << 20),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def address_string(self):
        return "socket"

    def send(self, status, bytes, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(bytes)))
        self.end_headers()
        self.wfile.write(bytes)

    def do_POST(self):
        bytes = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = self.path[1:]
        body = json.loads(bytes or b"{}")
        with lock:
            line = call.split(".")[-1] + (" " + json.dumps(body) if bytes else "")
            if call == "VolumeDriver.Unmount" and is_busy(place(body["Name"])):
                line += " busy"
            with open(folder + "/calls", "a") as record:
                record.write(line + "\n")
        fault = faults.get(call.split(".")[-1])
        try:
            self.fail(fault) if fault else self.reply(call, body)
        except BrokenPipeError:
            pass

    def reply(self, call, body):
        with lock:
            try:
                self.send(200, json.dumps(answer(call, body)).encode())
            except Refusal as refusal:
                # Both ways are usual.
                status = 500 if call == "VolumeDriver.Create" else 200
                self.send(status, json.dumps({"Err": str(refusal)}).encode())

    def fail(self, fault):
        if fault == "hang":
            time.sleep(30)
        elif fault == "close":
            self.close_connection = True
        elif fault == "early":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
            self.close_connection = True
        elif fault == "noise":
            self.wfile.write(b"\0\1\2 no protocol of any kind\r\n\r\n")
            self.close_connection = True
        elif fault == "redirect":
            self.send(302, b"", [("Location", "http://127.0.0.1:9/elsewhere")])
        elif fault == "plain":
            self.send(500, b"in plain\nwords")
        elif fault == "absent":
            self.send(404, b"")
        else:
            self.send(200, wrong[fault])


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


os.makedirs(folder + "/volumes", exist_ok=True)
server = Server(socket_path, Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
