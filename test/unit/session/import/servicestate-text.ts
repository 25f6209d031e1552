const RULE = '-'.repeat(53);

/** view=session, as Windows 7 has it: process ids only. */
export const BY_SESSION = `
Snapshot of HTTP service state (Server Session View):
${RULE}

Server session ID: FF00000420000001
    Version: 2.0
    State: Active
    Properties:
        Max bandwidth: 4294967295
        Timeouts:
            Entity body timeout (secs): 120
            Minimum send rate (bytes/sec): 150
    URL groups:
    URL group ID: FE00000440000001
        State: Active
        Request queue name: Request queue is unnamed.
        Properties:
            Max bandwidth: inherited
            Timeouts:
                Timeout values inherited
            Number of registered URLs: 2
            Registered URLs:
                HTTP://+:5357/4C2CDC17/
                HTTPS://[::1]:443/X/

Server session ID: FF00000620000011
    Version: 1.0
    State: Active

Request queues:
    Request queue name: Request queue is unnamed.
        Version: 2.0
        State: Active
        Max requests: 1000
        Number of active processes attached: 1
        Process IDs:
            5492

    Request queue name: DefaultAppPool
        Version: 2.0
        State: Active
        Number of active processes attached: 2
        Process IDs:
            37584
            37585
`;

/** view=requestq, as Windows 11 has it: counts, images and services. */
export const BY_QUEUE = `
Snapshot of HTTP service state (Request Queue View):
${RULE}

Request queue name: DefaultAppPool
    Version: 2.0
    State: Active
    Request queue 503 verbosity level: Basic
    Max requests: 1000
    Active requests: 3
    Queued requests: 1
    Max queued request age: 0s
    Requests arrived: 6
    Number of active processes attached: 1
    Processes:
        ID: 2688, image: C:\\Windows\\System32\\svchost.exe
        Services: NcHostAgent
        Tagged Service: NcHostAgent
    URL groups:
    URL group ID: FA00000040000001
        State: Active
        Request queue name: DefaultAppPool
        Properties:
            Number of registered URLs: 1
            Registered URLs:
                HTTPS://+:443/HOSTAGENT/
        Server session ID: FB00000020000001
            Version: 2.0
            State: Active
`;

/** The same on a German machine: every word is another, the layout is not. */
export const GERMAN = `
Momentaufnahme des HTTP-Dienststatus (Anforderungswarteschlangen-Ansicht):
${RULE}

Name der Anforderungswarteschlange: DefaultAppPool
    Version: 2.0
    Status: Aktiv
    Ausführlichkeitsgrad der Anforderungswarteschlange 503: Standard
    Max. Anforderungen: 1000
    Aktive Anforderungen: 3
    Anforderungen in der Warteschlange: 1
    Maximales Alter der Anforderungen in der Warteschlange: 0s
    Eingegangene Anforderungen: 6
    Anzahl der angefügten aktiven Prozesse: 1
    Prozesse:
        ID: 2688, Image: C:\\Windows\\System32\\svchost.exe
        Dienste: NcHostAgent
        Markierter Dienst: NcHostAgent
    URL-Gruppen:
    URL-Gruppen-ID: FA00000040000001
        Status: Aktiv
        Name der Anforderungswarteschlange: DefaultAppPool
        Eigenschaften:
            Anzahl der registrierten URLs: 1
            Registrierte URLs:
                HTTPS://+:443/HOSTAGENT/
        Serversitzungs-ID: FB00000020000001
            Version: 2.0
            Status: Aktiv
`;
