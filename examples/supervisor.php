<?php
// A supervisor: reaps its children when they exit (SIGCHLD), and restarts one that has crashed.
//
//   php -d extension=swoole_process.so examples/supervisor.php
//
// Three workers do ten jobs each; the second one crashes on the way. The program exits by itself, in about a second.

use Swoole\{Event, Process, Timer};

/** Does the rest of its jobs, and reports each one to its supervisor. */
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
        // A child inherits no callback and no handler of the loop: it only does its jobs.
        $pid = $p->start();
        $this->running[$pid] = [$p, $number];
        Event::add($p, $this->report(...));
        echo "worker $number is started, from piece $from\n";
    }

    public function report(Process $p): void
    {
        $message = $p->read();
        if ($message === '') {
            // EOF: SIGCHLD reports the rest.
            Event::del($p);
            return;
        }
        [$number, $piece] = array_map('intval', explode(' ', $message));
        $this->done[$number] = $piece + 1;
    }

    /** One SIGCHLD may stand for several children: reaps until no exited child is left. */
    public function reap(): void
    {
        while ($end = Process::wait(false)) {
            [$p, $number] = $this->running[$end['pid']];
            unset($this->running[$end['pid']]);
            // Its last messages may still be in the pipe.
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

// Handlers keep the loop running until the last one is removed. Callbacks are plain calls, because a process cannot be
// started inside of a coroutine.
swoole_async_set(['wait_signal' => true, 'enable_coroutine' => false]);
$supervisor = new Supervisor();
Process::signal(SIGCHLD, $supervisor->reap(...));
foreach ([1, 2, 3] as $number) {
    $supervisor->start($number, crashes: $number === 2);
}
Event::wait();
echo "all work is done\n";
