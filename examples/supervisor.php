<?php
// A supervisor: reaps its children when they end (SIGCHLD) and starts one anew that has crashed.
//
//   php -d extension=swoole_process.so examples/supervisor.php
//
// Three workers work off ten pieces each; the second one crashes on the way. Ends by itself, in about a second.

use Swoole\{Event, Process, Timer};

/** Works off what is left for it, and tells its supervisor about each piece. */
function work(Process $p, int $number, int $from, bool $crashes): void
{
    for ($piece = $from; $piece < 10; $piece++) {
        if ($crashes && $piece === 4) {
            posix_kill(getmypid(), SIGKILL);
        }
        usleep(20_000);
        $p->write("$number $piece");
    }
}

final class Supervisor
{
    /** @var array<int, array{Process, int}> what runs, by process id */
    private array $running = [];
    /** @var array<int, int> how many pieces each worker has done */
    private array $done = [];

    public function start(int $number, bool $crashes = false): void
    {
        $from = $this->done[$number] ??= 0;
        $p = new Process(fn (Process $p) => work($p, $number, $from, $crashes));
        // A child inherits no callback of the loop and no handler: it only does its work.
        $pid = $p->start();
        $this->running[$pid] = [$p, $number];
        Event::add($p, $this->report(...));
        echo "worker $number is started, from piece $from\n";
    }

    public function report(Process $p): void
    {
        $message = $p->read();
        if ($message === '') {
            // The end: SIGCHLD tells the rest.
            Event::del($p);
            return;
        }
        [$number, $piece] = array_map('intval', explode(' ', $message));
        $this->done[$number] = $piece + 1;
    }

    /** One signal may stand for several children: ask until there is none left. */
    public function reap(): void
    {
        while ($end = Process::wait(false)) {
            [$p, $number] = $this->running[$end['pid']];
            unset($this->running[$end['pid']]);
            // What it wrote last may still be in the pipe.
            $p->setBlocking(false);
            while (Event::isset($p) && is_string($message = $p->read()) && $message !== '') {
                $this->done[$number] = (int) explode(' ', $message)[1] + 1;
            }
            Event::isset($p) && Event::del($p);
            if ($end['signal'] !== 0) {
                echo "worker $number was killed by signal {$end['signal']} after {$this->done[$number]} pieces\n";
                $this->start($number);
            } else {
                echo "worker $number has done {$this->done[$number]} pieces\n";
            }
        }
        if ($this->running === []) {
            Process::signal(SIGCHLD, null);
        }
    }
}

// Handlers keep the loop going, until the last one is removed; and they are plain calls, because a process cannot be
// started inside of a coroutine.
swoole_async_set(['wait_signal' => true, 'enable_coroutine' => false]);
$supervisor = new Supervisor();
Process::signal(SIGCHLD, $supervisor->reap(...));
foreach ([1, 2, 3] as $number) {
    $supervisor->start($number, crashes: $number === 2);
}
Event::wait();
echo "all work is done\n";
