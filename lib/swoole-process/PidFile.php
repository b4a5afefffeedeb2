<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** A file with the master's pid. The master locks it while it runs, so a second start sees it, and a stale file hinders none. */
final class PidFile
{
    /** @var resource|null */
    private $file;
    /** Whether it is a regular file; nothing else, such as /dev/null, is truncated or removed. */
    private readonly bool $isRegular;

    public function __construct(private readonly string $path)
    {
        while (true) {
            $file = @fopen($path, 'ce+');
            if ($file === false) {
                throw new Failure("the pid file '$path' cannot be written" . Failure::reason(), Status::SYSTEM);
            }
            if (!flock($file, LOCK_EX | LOCK_NB)) {
                $pid = trim((string) stream_get_contents($file));
                throw new Failure("the pool runs already, as process $pid: $path is locked", Status::RUNNING);
            }
            // The last owner may have removed it between the two calls.
            clearstatcache(true, $path);
            if (@fileinode($path) === fstat($file)['ino']) {
                break;
            }
        }
        $this->file = $file;
        $this->isRegular = (fstat($file)['mode'] & 0170000) === 0100000;
        if ($this->isRegular && !ftruncate($file, 0) || @fwrite($file, getmypid() . "\n") === false) {
            $this->remove();
            throw new Failure("the pid file '$path' cannot be written", Status::SYSTEM);
        }
    }

    /** In a worker: the lock belongs to the master alone. */
    public function release(): void
    {
        // Closing this copy leaves the lock as it is.
        $this->file = null;
    }

    public function remove(): void
    {
        if ($this->file !== null && $this->isRegular) {
            @unlink($this->path);
        }
        $this->file = null;
    }
}
