"""Does a technician's job through the accessibility tree alone, as a screen reader would:
looks a customer up and issues a key in the running window."""
import sys, time
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib


def children(node):
    try:
        return [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.GError:  # A node that vanished between two frames.
        return []


def walk(node):
    stack = [node]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        yield node
        stack.extend(reversed(children(node)))


def app():
    for _ in range(100):
        for found in children(Atspi.get_desktop(0)):
            if found and (found.get_name() or "").lower().startswith("swapdesk"):
                return found
        time.sleep(0.1)
    sys.exit("no application in the accessibility tree")


PRESSABLE = {"push button", "button", "list item", "check box", "radio button", "text", "entry", "search box", "link"}


def nodes():
    root = app()
    root.clear_cache()
    return walk(root)


def find(name, roles=PRESSABLE, seconds=10):
    """The first node of one of the roles whose name begins with `name`."""
    seen = []
    for _ in range(int(seconds / 0.2)):
        seen = []
        for node in nodes():
            try:
                role, label = node.get_role_name(), node.get_name() or ""
            except GLib.GError:
                continue
            if role in roles:
                seen.append(f"{role}: {label}")
                if label.startswith(name):
                    return node
        time.sleep(0.2)
    sys.exit(f"nothing is called {name!r}; there is:\n  " + "\n  ".join(seen))


def press(name, roles=PRESSABLE):
    node = find(name, roles)
    action = node.get_action_iface()
    for i in range(action.get_n_actions()):
        if action.get_action_name(i) in ("click", "press", "activate", "toggle", ""):
            action.do_action(i)
            break
    else:
        action.do_action(0)
    print(f"   pressed {name}")
    time.sleep(0.5)


def write(name, text):
    find(name, {"text", "entry", "search box"}).get_editable_text_iface().set_text_contents(text)
    print(f"   wrote {text!r} into {name}")
    time.sleep(0.8)


def unnamed():
    bad = []
    for node in nodes():
        try:
            if node.get_role_name() in PRESSABLE and not (node.get_name() or "").strip():
                bad.append(node.get_role_name())
        except GLib.GError:
            continue
    return bad


press("Lookup")
write("Find a customer", "thistlewood")
press("Barnaby Thistlewood", {"list item"})
press("Start case", {"push button", "button"})
write("Make and model", "Acer Aspire E15")
press("Yes, recent")
press("Barnaby Thistlewood signed")
press("Check in", {"push button", "button"})
press("Start removal", {"push button", "button"})
for item in ("Customer's data is safe", "Uninstalled", "Restarted", "Looked for leftovers"):
    press(item, {"check box"})
press("Finish removal", {"push button", "button"})
press("Nothing is left")
press("Finish removal", {"push button", "button"})
press("Hold", {"push button", "button"})
press("Issue key and print", {"push button", "button"})
find("Replacement seen active", {"push button", "button"})
bad = unnamed()
if bad:
    sys.exit(f"without a name: {bad}")
