<?php
// What a trial is: a pool of eight workers, a way to feed it, and lots that seed, sender and number draw for each message.
declare(strict_types=1);

/** How messages come to the workers. */
enum Way: string
{
    case Sockets = 'sockets';
    case Bus = 'bus';
    case Queue = 'queue';
    case Coroutines = 'coroutines';
    case Server = 'server';

    /** Whether each message is for one worker. */
    public function has_addresses(): bool
    {
        return $this !== self::Queue && $this !== self::Server;
    }
}

/** What happens to the pool. */
enum Part: string
{
    /** Workers are killed, the pool is reloaded, feeders are paused. */
    case Chaos = 'chaos';
    /** The same, and the master is killed in the middle of it. */
    case Orphans = 'orphans';
    /** Nobody is killed: reloads, and a stop while all workers have messages to handle. */
    case Load = 'load';
    /** As under load, and some workers never come to the end of a message. */
    case Stuck = 'stuck';

    /** Whether the pool is reloaded again and again, and stopped while there are messages. */
    public function is_under_load(): bool
    {
        return $this === self::Load || $this === self::Stuck;
    }
}

/** What becomes of the worker that handles a message. */
enum Fate: int
{
    case Lives = 0;
    case Kill = 1;
    case Segv = 2;
    case Throws = 3;
    case Exhausts = 4;
    case Exits = 5;
    /** It is killed when it has handled the message, before it takes the next one. */
    case KillAfter = 6;
    /** It asks itself to stop, as by a SIGTERM from anybody. */
    case Asks = 7;
    /** The message has no end: the worker has to be killed. */
    case Sticks = 8;

    public function text(): string
    {
        return [1 => 'SIGKILL', 'SIGSEGV', 'exception', 'memory_limit', 'exit(1)', 'SIGKILL after a message', 'SIGTERM', 'stuck'][$this->value] ?? '';
    }
}

final class Trial
{
    public const WORKERS = 8;
    public const SENDERS = 4;
    /** Handlers of a coroutine worker that wait at a time. */
    public const WAITING = 16;
    /** Requests that a client of a server sends at once before the pool is stopped under load. */
    public const CROWD = 100;

    public function __construct(
        public readonly Part $part,
        public readonly Way $way,
        public readonly int $messages,
        public readonly int $seed,
        /** Ledgers and logs of the trial. */
        public readonly string $folder,
    ) {}

    /** How many messages a sender has. */
    public function share(int $sender): int
    {
        return intdiv($this->messages + self::SENDERS - 1 - $sender, self::SENDERS);
    }

    /** The lot of a message, 32 bits. */
    public function lot(int $sender, int $number): int
    {
        return crc32(pack('VVV', $this->seed, $sender, $number));
    }

    /** The worker that a message is for. */
    public function worker(int $lot): int
    {
        return $lot % self::WORKERS;
    }

    /** Short trials have more to endure. */
    public function is_short(): bool
    {
        return $this->messages < 50_000;
    }

    /**
     * Nobody could clean up when all workers were dead at the moment that their master is killed. A reload replaces them
     * one after the other: of two that nobody kills one is always there.
     */
    public function is_spared(int $worker): bool
    {
        return $this->part === Part::Orphans && $worker < 2;
    }

    /** One message in some hundred has one. */
    public function fate(int $lot): Fate
    {
        if ($this->part->is_under_load()) {
            return $this->part === Part::Stuck && ($lot >> 3) % 1000 === 1 ? Fate::Sticks : Fate::Lives;
        }
        $rarity = $this->is_short() ? 150 : 800;
        $drawn = ($lot >> 3) % ($rarity * 7);
        return $drawn % $rarity === 1 ? Fate::from(1 + intdiv($drawn, $rarity)) : Fate::Lives;
    }

    /** A message: who sends it, its number, and as much more as is drawn. Any byte of it can be foretold. */
    public function text(int $sender, int $number, int $lot): string
    {
        $kind = ($lot >> 7) % 1000;
        $size = $lot % 48;
        if ($kind < 20) {
            $size = $this->way === Way::Bus ? 65_536 + ($lot >> 4) % 250_000 : ($lot >> 4) % 6000;
        } elseif ($kind < 21 && $this->way === Way::Bus) {
            $size = ($lot >> 4) % 3_000_000;
        }
        $text = pack('CVV', $sender, $number, $lot);
        return $size === 0 ? $text : substr($text . str_repeat(pack('V', $lot), intdiv($size, 4) + 1), 0, 9 + $size);
    }

    /** `max_wait_time`, in seconds. Nothing here takes that long unless it hangs, but orphans that are fed on. */
    public function max_wait(): float
    {
        return match ($this->part) {
            Part::Orphans => 4.0,
            Part::Stuck => 0.5,
            default => 20.0,
        };
    }

    public function socket(): string
    {
        return "$this->folder/socket";
    }

    /** Whether the feeders are no processes of the pool. */
    public function is_fed_from_outside(): bool
    {
        return $this->way === Way::Server || ($this->way === Way::Queue && $this->part === Part::Chaos);
    }
}

/** Lines from all processes to the one that hears them. */
final class Wire
{
    private $hearing;
    private $telling;

    public function __construct()
    {
        [$this->hearing, $this->telling] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        stream_set_blocking($this->hearing, false);
    }

    public function tell(string $line): void
    {
        fwrite($this->telling, "$line\n");
    }

    /** The next line; null when there is none for so long. */
    public function hear(int $microseconds): ?string
    {
        $line = fgets($this->hearing);
        if ($line === false) {
            [$read, $none] = [[$this->hearing], null];
            if (@stream_select($read, $none, $none, 0, $microseconds)) {
                $line = fgets($this->hearing);
            }
        }
        return $line === false ? null : rtrim($line, "\n");
    }
}
