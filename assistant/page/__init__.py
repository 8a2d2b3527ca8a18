"""The rooms of the page in the framework's components: what is where, and which event does what.

One module a room; each lays its components out, wires its events and hands back the texts that
follow the reader's language. Looks are ``assistant.present``'s, answers and refreshes the
service's: nothing is decided here. Importing this package imports the page framework, which takes
seconds, so only ``ui`` does.
"""
