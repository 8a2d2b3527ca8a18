// Runs once: what is written here is said aloud by a screen reader and seen by nobody.
element.setAttribute('role', 'status');
