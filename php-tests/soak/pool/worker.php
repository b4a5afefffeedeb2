<?php
// A worker: notes each message before and after it handles it, and meets its fate in between.
declare(strict_types=1);

use Swoole\Coroutine;
use Swoole\Process;
use Swoole\Process\Pool;

final class Worker
{
    private Ledger $ledger;
    /** Held as long as this process lives: no two are the same worker at a time. */
    private $lock;
    private int $waiting = 0;
    /** A fault that is planted, to see that it is found. */
    private string $plant;
    private ?string $held = null;

    public function __construct(private readonly Trial $trial, private readonly Wire $wire)
    {
        $this->plant = (string) getenv('SOAK_PLANT');
    }

    public function begin(Pool $pool, int $id): void
    {
        $this->ledger = Ledger::of_worker($this->trial->folder, $id);
        $this->lock = fopen("{$this->trial->folder}/lock-$id", 'c');
        flock($this->lock, LOCK_EX | LOCK_NB) || $this->ledger->note(Note::Twin, $id);
    }

    public function handle(Pool $pool, string $text): void
    {
        if ($text === 'last') {
            $this->wire->tell("last $pool->workerId");
            return;
        }
        ['s' => $sender, 'n' => $number] = strlen($text) < 9 ? ['s' => -1, 'n' => 0] : unpack('Cs/Vn', $text);
        $lot = $this->trial->lot($sender, $number);
        if ($this->plant !== '' && $lot % 500 < 4 && $this->spoil($pool, $text)) {
            return;
        }
        if ($sender < 0 || $sender >= Trial::SENDERS) {
            $this->ledger->note(Note::Alien, strlen($text));
            return;
        }
        // Before anything else: whoever is killed up to here may have received it or not.
        $this->ledger->note(Note::Begun, $number, $sender);
        if ($text !== $this->trial->text($sender, $number, $lot)
            || ($this->trial->way->has_addresses() && $this->trial->worker($lot) !== $pool->workerId)) {
            $this->ledger->note(Note::Alien, strlen($text));
        }
        $this->take_time($lot);
        $fate = $this->trial->is_spared($pool->workerId) ? Fate::Lives : $this->trial->fate($lot);
        $fate === Fate::Lives || $fate === Fate::KillAfter || $this->meet($fate);
        $this->ledger->note(Note::Done, $number, $sender);
        $fate === Fate::KillAfter && $this->meet($fate);
        $this->trial->way === Way::Server && $pool->write(pack('N', $number));
    }

    /** Does what is planted; whether the message is not handled now. */
    private function spoil(Pool $pool, string $text): bool
    {
        switch ($this->plant) {
            case 'loss':
                return true;
            case 'double':
                $this->handle_as_is($pool, $text);
                return false;
            case 'disorder':
                // Its turn is after the next one of its kind.
                [$held, $this->held] = [$this->held, $text];
                $held === null || $this->handle_as_is($pool, $held);
                return true;
            case 'process':
                (new Process(fn () => sleep(1000), false, 0))->start();
                break;
            case 'objects':
                file_put_contents('/dev/shm/left', '');
                (new Process(fn () => 0, false, 0))->useQueue(0x50a1);
        }
        return false;
    }

    private function handle_as_is(Pool $pool, string $text): void
    {
        [$plant, $this->plant] = [$this->plant, ''];
        $this->handle($pool, $text);
        $this->plant = $plant;
    }

    public function stop(): void
    {
        $this->ledger->note(Note::Stops);
    }

    /** Other messages of a coroutine worker begin meanwhile, so many at most. */
    private function take_time(int $lot): void
    {
        if ($this->trial->way === Way::Coroutines && $this->waiting < Trial::WAITING && $lot >> 16 & 1) {
            $this->waiting++;
            Coroutine::sleep(0.001);
            $this->waiting--;
        } elseif ($this->trial->part->is_under_load()) {
            // Slower than the feeders: there is always something to do.
            usleep(100);
        }
    }

    private function meet(Fate $fate): void
    {
        $this->ledger->note($fate === Fate::Asks ? Note::Asks : Note::Dies, $fate->value);
        match ($fate) {
            Fate::Kill, Fate::KillAfter => posix_kill(getmypid(), SIGKILL),
            Fate::Segv => posix_kill(getmypid(), SIGSEGV),
            Fate::Throws => throw new RuntimeException('on purpose'),
            Fate::Exhausts => str_repeat('x', 1 << 40),
            Fate::Exits => exit(1),
            Fate::Asks => posix_kill(getmypid(), SIGTERM),
            Fate::Sticks => $this->stick(),
            Fate::Lives => null,
        };
    }

    private function stick(): void
    {
        for (;;) {
            sleep(1000);
        }
    }
}
