<?php
// Starts and reaps children for a while, and looks whether anything is left behind or grows.
//
//   scripts/php php-tests/soak/soak.php [--children=20000] [--alive=1000] [--seed=N]
//
// --children   how many to start in all
// --alive      how many live at a time
// --seed       repeats the choices of an earlier run
//
// Children end in every way there is, mixed at random; some have a pipe, some use a queue, some objects are started
// again. In the end there must be no zombie, no descriptor and no queue more than before, and the memory of the
// parent must be what it was after the first thousand children. The exit status tells whether that is so.
declare(strict_types=1);

use Swoole\Process;

/** The parent may grow by this much after the first thousand children: what allocators keep, not what leaks. */
const PHP_MEMORY_BOUND = 64 * 1024;
const RESIDENT_BOUND = 2 * 1024 * 1024;
/** A call that takes longer than this is stuck, in seconds. */
const PATIENCE = 60;

function stop(string $why): never
{
    fwrite(STDERR, "soak: $why\n");
    exit(2);
}

/** What one child is to do. */
final class Task
{
    public function __construct(
        public readonly Ending $ending,
        public readonly int $status,
        /** Whether it is sent more than it reads. */
        public readonly bool $overfed,
        public readonly bool $uses_queue,
    ) {}

    /** Code and signal that the parent has to see. */
    public function expected(): array
    {
        return match ($this->ending) {
            Ending::Returns, Ending::Execs => [0, 0],
            Ending::Throws, Ending::Fails => [255, 0],
            Ending::Kills => [0, SIGKILL],
            default => [$this->status, 0],
        };
    }
}

/** How a child ends. */
enum Ending: string
{
    case Returns = 'return';
    case Exits = 'exit()';
    case ExitsAtOnce = 'Process->exit()';
    case Throws = 'an exception';
    case Fails = 'a fatal error';
    case Kills = 'SIGKILL';
    case Execs = 'exec()';
    case Nests = 'exit() after a child of their own';
}

final class Soak
{
    /** @var array<int, Process> the objects, of which each batch uses some again */
    private array $objects = [];
    /** @var array<int, Task> what the children of the running batch are to do, by object */
    private array $tasks = [];
    private array $counts = [];
    private int $violations = 0;
    private int $reaped = 0;
    private Process $queue;
    private array $before;
    private ?array $memory = null;
    /** How many objects may have a pipe, by the limit of descriptors. */
    private int $pipes;
    /** @var resource one byte lets one child without a pipe go on */
    private $gate;
    private $gate_of_the_children;
    private string $true;

    public function __construct(int $alive)
    {
        $this->true = is_executable('/bin/true') ? '/bin/true' : '/usr/bin/true';
        $this->before = $this->traces();
        $this->pipes = $this->room_for_pipes($alive);
        [$this->gate, $this->gate_of_the_children] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        // One byte is for one child: none may be read ahead.
        stream_set_read_buffer($this->gate_of_the_children, 0);
        $this->queue = new Process(fn () => 0, false, 0);
        $this->queue->useQueue($this->key())
            || stop('no message queue: ' . swoole_strerror(swoole_errno()));
        // Ends any call that is stuck, by EINTR.
        pcntl_async_signals(true);
        pcntl_signal(SIGALRM, fn () => $this->violation('a call was stuck for ' . PATIENCE . ' s'), false);
    }

    /** Starts so many children, lets them go on when all are alive, and reaps them. */
    public function run(int $count): void
    {
        pcntl_alarm(PATIENCE);
        $running = [];
        for ($slot = 0; $slot < $count; $slot++) {
            $this->tasks[$slot] = $this->task();
            if (!isset($this->objects[$slot]) || mt_rand(0, 3) > 0) {
                $this->objects[$slot] = $this->object($slot);
            }
            $pid = $this->objects[$slot]->start();
            if ($pid === false) {
                $this->violation('start() gave false: ' . swoole_strerror(swoole_errno()));
                continue;
            }
            $running[$pid] = $slot;
        }
        $slots = array_values($running);
        $this->open_the_gates($slots);
        $this->hear($slots, fn (int $slot): string => "child $slot");
        // The end of a child that nobody has reaped takes its time to be seen: some will do.
        $this->hear(array_filter($slots, fn (int $slot): bool => $slot % 50 === 0), fn (): string => '');
        $this->reap($running);
        $this->hear($slots, fn (): string => '');
        // A child may have died between its push and its pop; nothing may pile up.
        while ($this->queue->statQueue()['queue_num'] > 0) {
            $this->queue->pop();
        }
        pcntl_alarm(0);
        if ($this->memory === null && $this->reaped >= 1000) {
            gc_collect_cycles();
            $this->memory = [memory_get_usage(), $this->resident()];
        }
    }

    /** Looks at what is left; the number of violations. */
    public function finish(): int
    {
        pcntl_alarm(PATIENCE);
        Process::wait(false) === false || $this->violation('there was one more child to be reaped');
        Process::wait() === false || $this->violation('there was one more child');
        pcntl_alarm(0);
        if ($this->memory !== null) {
            gc_collect_cycles();
            $this->bound('memory of PHP', memory_get_usage() - $this->memory[0], PHP_MEMORY_BOUND);
            $this->bound('resident memory', $this->resident() - $this->memory[1], RESIDENT_BOUND);
        }
        $this->queue->freeQueue() || $this->violation('the queue could not be removed');
        fclose($this->gate);
        fclose($this->gate_of_the_children);
        $this->objects = [];
        gc_collect_cycles();
        foreach ($this->traces() as $what => $now) {
            $more = array_diff($now, $this->before[$what]);
            $more === [] || $this->violation("$what left: " . implode(', ', array_slice($more, 0, 10)));
        }
        return $this->violations;
    }

    /** How many children ended in which way. */
    public function counts(): array
    {
        ksort($this->counts);
        return $this->counts;
    }

    /** Memory of this process that is in use, in bytes. */
    public function resident(): int
    {
        preg_match('/^VmRSS:\s+(\d+) kB/m', file_get_contents('/proc/' . getmypid() . '/status'), $m);
        return 1024 * (int) $m[1];
    }

    private function task(): Task
    {
        $endings = Ending::cases();
        return new Task($endings[mt_rand(0, count($endings) - 1)], mt_rand(0, 255), mt_rand(0, 3) === 0, mt_rand(0, 7) === 0);
    }

    private function object(int $slot): Process
    {
        $type = $slot < $this->pipes ? [0, SOCK_STREAM, SOCK_DGRAM][mt_rand(0, 2)] : 0;
        return new Process(fn (Process $p) => $this->live($p, $slot), false, $type);
    }

    /** The life of a child. */
    private function live(Process $p, int $slot): mixed
    {
        // The parent's alarm clock is not inherited, its handler is.
        pcntl_alarm(2 * PATIENCE);
        pcntl_signal(SIGALRM, SIG_DFL);
        $task = $this->tasks[$slot];
        if ($p->pipe !== null) {
            $p->read(2) === 'go' || posix_kill(getmypid(), SIGABRT);
            $p->write("child $slot");
        } else {
            fread($this->gate_of_the_children, 1) === 'g' || posix_kill(getmypid(), SIGABRT);
        }
        if ($task->uses_queue) {
            $this->queue->push("from child $slot");
            $this->queue->pop();
        }
        switch ($task->ending) {
            case Ending::Returns:
                return $task->status;
            case Ending::ExitsAtOnce:
                $p->exit($task->status);
            case Ending::Throws:
                throw new RuntimeException('on purpose');
            case Ending::Fails:
                eval('class Broken implements Traversable {}');
            case Ending::Kills:
                posix_kill(getmypid(), SIGKILL);
            case Ending::Execs:
                $p->exec($this->true, []);
                exit(111);
            case Ending::Nests:
                $inner = new Process(fn (Process $inner) => $inner->write('from within'));
                $inner->start();
                $heard = [$inner->read(), $inner->read()];
                $end = Process::wait();
                exit($heard === ['from within', ''] && $end['code'] === 0 && $end['signal'] === 0 ? $task->status : 112);
            case Ending::Exits:
                exit($task->status);
        }
    }

    private function open_the_gates(array $slots): void
    {
        $without = 0;
        foreach ($slots as $slot) {
            $p = $this->objects[$slot];
            if ($p->pipe === null) {
                $without++;
                continue;
            }
            $p->write('go') === 2 || $this->violation("a write failed: " . swoole_strerror(swoole_errno()));
            if ($this->tasks[$slot]->overfed) {
                // The child may have ended, and nobody needs to tell.
                @$p->write('never read');
            }
        }
        // All at once: until now all children are alive.
        for ($left = str_repeat('g', $without); $left !== ''; $left = substr($left, $sent)) {
            $sent = (int) fwrite($this->gate, $left);
        }
    }

    /** Reads from each that has a pipe what is expected of it. */
    private function hear(array $slots, Closure $expected): void
    {
        foreach ($slots as $slot) {
            $p = $this->objects[$slot];
            $heard = $p->pipe === null ? null : $p->read();
            $heard === null || $heard === $expected($slot) || $this->violation("child $slot was heard as " . json_encode($heard));
        }
    }

    private function reap(array $running): void
    {
        while ($running !== []) {
            $end = Process::wait();
            if ($end === false) {
                $this->violation(count($running) . ' children cannot be reaped: ' . swoole_strerror(swoole_errno()));
                return;
            }
            $slot = $running[$end['pid']] ?? null;
            if ($slot === null) {
                $this->violation("reaped the process $end[pid], which is nobody's");
                continue;
            }
            unset($running[$end['pid']]);
            $this->reaped++;
            $task = $this->tasks[$slot];
            $how = "ended by {$task->ending->value}";
            $this->counts[$how] = ($this->counts[$how] ?? 0) + 1;
            [$end['code'], $end['signal']] === $task->expected()
                || $this->violation("a child that should have $how: code $end[code], signal $end[signal], expected "
                    . json_encode($task->expected()));
        }
    }

    /** Each object with a pipe holds two descriptors here. */
    private function room_for_pipes(int $alive): int
    {
        $used = count($this->before['descriptors']) + 32;
        if (function_exists('posix_setrlimit')) {
            $hard = posix_getrlimit()['hard openfiles'];
            @posix_setrlimit(POSIX_RLIMIT_NOFILE, $hard === 'unlimited' ? $used + 2 * $alive : (int) $hard, POSIX_RLIMIT_INFINITY)
                || @posix_setrlimit(POSIX_RLIMIT_NOFILE, (int) $hard, (int) $hard);
        }
        $limit = posix_getrlimit()['soft openfiles'];
        $room = $limit === 'unlimited' ? $alive : max(0, min($alive, intdiv((int) $limit - $used, 2)));
        if ($room < $alive) {
            echo "$limit descriptors are allowed (ulimit -n): at most $room children at a time have a pipe\n";
        }
        return $room;
    }

    /** What could be left behind: descriptors, children, queues. */
    private function traces(): array
    {
        $me = getmypid();
        $descriptors = [];
        foreach (scandir("/proc/$me/fd") as $number) {
            $link = is_numeric($number) ? @readlink("/proc/$me/fd/$number") : false;
            // Not the one that reads the folder.
            if ($link !== false && $link !== "/proc/$me/fd") {
                $descriptors[] = "$number $link";
            }
        }
        $children = [];
        foreach (glob('/proc/[0-9]*/stat') as $file) {
            if (preg_match('/^(\d+) \((.*)\) (\S) (\d+)/', (string) @file_get_contents($file), $m) && (int) $m[4] === $me) {
                $children[] = "$m[1] ($m[2], $m[3])";
            }
        }
        // Only our own: others may make queues meanwhile.
        $queues = [];
        foreach (array_slice(file('/proc/sysvipc/msg') ?: [], 1) as $line) {
            $fields = preg_split('/\s+/', trim($line));
            if ((int) $fields[0] === $this->key()) {
                $queues[] = "key $fields[0]";
            }
        }
        return ['descriptors' => $descriptors, 'processes' => $children, 'queues' => $queues];
    }

    /** The key of our queue. */
    private function key(): int
    {
        return 0x50a00000 + getmypid() % 0x100000;
    }

    private function bound(string $what, int $growth, int $bound): void
    {
        printf("%s: %+d kB since the first thousand, at most %d\n", $what, intdiv($growth, 1024), intdiv($bound, 1024));
        $growth <= $bound || $this->violation("$what has grown by $growth bytes");
    }

    private function violation(string $what): void
    {
        // The first ones tell the story.
        if (++$this->violations <= 20) {
            echo "VIOLATION: $what\n";
        }
    }
}

foreach (['pcntl', 'posix'] as $extension) {
    extension_loaded($extension) || stop("the extension $extension is missing");
}
$children = 20000;
$alive = 1000;
$seed = random_int(1, 1 << 30);
foreach (array_slice($argv, 1) as $argument) {
    preg_match('/^--(children|alive|seed)=([1-9]\d{0,9})$/', $argument, $m) || stop("unknown argument $argument");
    ${$m[1]} = (int) $m[2];
}
$alive = min($alive, $children);
ini_set('display_errors', '0');
ini_set('log_errors', '0');
mt_srand($seed);
printf("seed %d: %d children, %d alive at a time\n", $seed, $children, $alive);

$soak = new Soak($alive);
$started = hrtime(true);
for ($left = $children; $left > 0; $left -= $batch) {
    $batch = min($alive, $left);
    $soak->run($batch);
    if (hrtime(true) - ($shown ?? $started) > 10e9) {
        $shown = hrtime(true);
        printf("%d children, %.1f MB resident\n", $children - $left + $batch, $soak->resident() / (1 << 20));
    }
}
$violations = $soak->finish();
foreach ($soak->counts() as $how => $count) {
    printf("%7d %s\n", $count, $how);
}
printf("%.0f children a second\n", $children / ((hrtime(true) - $started) / 1e9));
echo $violations === 0 ? "soak: nothing left behind\n" : "soak: $violations violations\n";
exit($violations === 0 ? 0 : 1);
