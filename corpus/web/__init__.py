"""What the web holds, kept as files: one page, a feed's articles, a sitemap's pages.

Useful for: fetching through one door and mirroring what was fetched, so that the rest of the
project reads files and nothing else. Not for: parsing (``links`` runs in a reader's child
process), and not for deciding what is indexed. No other package opens a connection.

::

    addresses   what may be asked for at all, and the one IP address it is pinned to
    reach       which IP addresses are public, and what an operator allows beside them
    exchange    one request and its reply, within a size and a time
    door        redirects, robots.txt, politeness and retries around it
    robots      what a site's robots.txt allows
    outcomes    what came of asking: fetched, unmodified, gone, missing or trouble
    links       what a feed or a sitemap lists
    names       what a page is called, for people and as a file
    state       what is remembered of one source between updates
    updating    one update: what is asked for, and what follows from it
    mirror      one source's pages as files, and the survey of them
    mirrors     every source of a home, as refresh asks for it
"""
