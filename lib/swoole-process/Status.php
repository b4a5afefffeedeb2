<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** Exit statuses, by the numbers of sysexits.h where it has one. */
final class Status
{
    public const FINE = 0;
    /** Workers failed for good, or a reload failed. */
    public const FAILED = 1;
    /** A wrong command line. */
    public const USAGE = 64;
    /** No pool runs at this socket. */
    public const NOT_RUNNING = 69;
    /** No worker came up. */
    public const BOOT = 70;
    /** A file or a socket cannot be made. */
    public const SYSTEM = 71;
    /** Such a pool runs already. */
    public const RUNNING = 75;
    /** A wrong setting, or a missing extension. */
    public const CONFIG = 78;
}
