<?php
// What a process has done, in a file of its own: eight bytes for each event, by one write(2) that appends them. What is
// written stays, however the process ends.
declare(strict_types=1);

/** What a record tells. */
enum Note: int
{
    case Begun = 1;
    case Done = 2;
    /** The process is about to end itself; the number is a Fate. */
    case Dies = 3;
    /** It asks itself to stop. */
    case Asks = 4;
    /** WorkerStop was called. */
    case Stops = 5;
    /** There is another process of the same worker. */
    case Twin = 6;
    /** A message that nobody has sent, or not in this way. */
    case Alien = 7;
    /** By the storm: the process with this number is sent a signal, which stands in the place of the sender. */
    case Signal = 8;
    case Reload = 9;
    case Pause = 10;
}

final class Ledger
{
    private $file;

    public function __construct(string $path)
    {
        $this->file = fopen($path, 'a');
        stream_set_write_buffer($this->file, 0);
    }

    /** The ledger of this process as a worker: the names of those of one worker are in the order of time. */
    public static function of_worker(string $folder, int $worker): Ledger
    {
        return new Ledger(sprintf('%s/worker-%d-%020d-%d', $folder, $worker, hrtime(true), getmypid()));
    }

    public function note(Note $note, int $number = 0, int $sender = 0): void
    {
        if (fwrite($this->file, pack('P', $number << 16 | $sender << 8 | $note->value)) !== 8) {
            // Nothing could be accounted for any more.
            posix_kill(posix_getppid(), SIGABRT);
        }
    }

    /** @return list<int> the records of a ledger */
    public static function read(string $path): array
    {
        $bytes = (string) @file_get_contents($path);
        if (strlen($bytes) % 8 !== 0) {
            throw new RuntimeException("$path ends within a record");
        }
        return $bytes === '' ? [] : unpack('P*', $bytes);
    }
}
