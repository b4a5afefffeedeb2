<?php
// Exercises the event loop at random and accounts for every event.
//
//   scripts/php php-tests/soak/events.php [--seed=N] [--rounds=N] [--quick]
//
// Each round is one run of the loop: timers that fire, tick or are cleared, deferred calls, socket pairs that send
// each other messages of random sizes through Event::write, descriptors that are opened and closed at random (also
// without Event::del), and three children that send signals. After it: bytes sent = bytes received, timers due =
// timers fired, each signal seen after its last sending, and no descriptor more than before. Memory has to stay flat
// over all rounds. Ends with 1 when something is not as it should be.
//
// --seed     the same numbers draw the same lots (default: 1)
// --rounds   how many (default 3000: about a minute)
// --quick    40 rounds: less than three seconds
declare(strict_types=1);

use Swoole\{Event, Process, Timer};

const SIGNALS = [SIGUSR1, SIGUSR2, SIGHUP];
/** What the engine's memory may grow over all rounds but the first ones, in bytes. */
const MEMORY = 100_000;
/** What the process may grow, in KB: a round may have this much to send at a time, and allocators keep some of it. */
const RESIDENT = 24 * 1024;
const WARM_UP = 20;

$options = getopt('', ['seed:', 'rounds:', 'quick']);
$seed = (int) ($options['seed'] ?? 1);
$rounds = (int) ($options['rounds'] ?? (isset($options['quick']) ? 40 : 3000));
mt_srand($seed);

final class Count
{
    public static int $timersDue = 0;
    public static int $timersFired = 0;
    public static int $ticksDue = 0;
    public static int $ticksFired = 0;
    public static int $cleared = 0;
    public static int $deferred = 0;
    public static int $deferredRun = 0;
    public static int $sent = 0;
    public static int $received = 0;
    public static int $messages = 0;
    public static int $opened = 0;
    public static int $unremoved = 0;
    public static int $signalsSent = 0;
    public static int $signalsSeen = 0;
    public static int $handlers = 0;
    public static int $wrong = 0;
}

function wrong(string $what): void
{
    if (++Count::$wrong <= 20) {
        fwrite(STDERR, "wrong: $what\n");
    }
}

/** What keeps the round from ending. */
final class Open
{
    public static int $work = 0;

    public static function done(): void
    {
        if (--self::$work === 0) {
            Timer::clearAll();
            Event::defer(Event::exit(...));
        }
    }
}

function timers(): void
{
    for ($i = mt_rand(20, 60); $i > 0; $i--) {
        $ms = mt_rand(1, 15);
        $asked = hrtime(true);
        if (mt_rand(0, 4) === 0) {
            $id = Timer::after($ms + 20, fn () => wrong('a timer that was cleared has fired'));
            Timer::after(mt_rand(1, 15), function () use ($id) {
                Timer::clear($id) ? Count::$cleared++ : wrong('a timer was gone before it was cleared');
                Open::done();
            });
            Open::$work++;
            continue;
        }
        Count::$timersDue++;
        Open::$work++;
        Timer::after($ms, function () use ($ms, $asked) {
            Count::$timersFired++;
            hrtime(true) - $asked < $ms * 1_000_000 && wrong('a timer has fired too early');
            mt_rand(0, 3) === 0 && deferred();
            Open::done();
        });
    }
    for ($i = mt_rand(1, 4); $i > 0; $i--) {
        $left = mt_rand(1, 6);
        Count::$ticksDue += $left;
        Open::$work++;
        Timer::tick(mt_rand(1, 4), function (int $id) use (&$left) {
            Count::$ticksFired++;
            if (--$left === 0) {
                Timer::clear($id);
                Open::done();
            }
        });
        unset($left);
    }
}

function deferred(): void
{
    Count::$deferred++;
    Open::$work++;
    Event::defer(function () {
        Count::$deferredRun++;
        Open::done();
    });
}

/** Two sockets send each other what random sizes they like; what is read has to be what was written. */
final class Pair
{
    /** @var resource[] */
    private array $ends;
    private array $read = [0, 0];
    private array $written = [0, 0];
    /** @var HashContext[][] */
    private array $sums = [];
    private int $left;
    private bool $over = false;

    public function __construct()
    {
        $this->ends = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $this->left = mt_rand(2, 12);
        Open::$work++;
        Count::$opened += 2;
        foreach ($this->ends as $side => $end) {
            stream_set_blocking($end, false);
            $this->sums[$side] = ['written' => hash_init('xxh64'), 'read' => hash_init('xxh64')];
            Event::add($end, fn () => $this->receive($side));
        }
        $this->send(0);
    }

    private function send(int $side): void
    {
        // Now and then more than a socket takes.
        $size = mt_rand(0, 9) === 0 ? mt_rand(200_000, 1_500_000) : mt_rand(1, 20_000);
        $data = substr(str_repeat(chr(mt_rand(33, 126)) . $size . ' ', intdiv($size, 3) + 1), 0, $size);
        if (!Event::write($this->ends[$side], $data)) {
            wrong("Event::write() of $size bytes failed");
        }
        Count::$sent += $size;
        Count::$messages++;
        $this->written[$side] += $size;
        hash_update($this->sums[$side]['written'], $data);
        $this->left--;
    }

    private function receive(int $side): void
    {
        $data = fread($this->ends[$side], 262_144);
        if ($data === '' || $data === false) {
            feof($this->ends[$side]) && wrong('an end of file before the end');
            return;
        }
        Count::$received += strlen($data);
        $this->read[$side] += strlen($data);
        hash_update($this->sums[$side]['read'], $data);
        if ($this->read[$side] > $this->written[1 - $side]) {
            wrong('more was read than written');
        }
        if ($this->left > 0) {
            $this->send(mt_rand(0, 1));
        } elseif (!$this->over && $this->read[0] === $this->written[1] && $this->read[1] === $this->written[0]) {
            $this->close();
        }
    }

    private function close(): void
    {
        $this->over = true;
        foreach ($this->ends as $end) {
            Event::del($end) || wrong('a watched descriptor could not be removed');
            fclose($end);
        }
        foreach ([0, 1] as $side) {
            $written = hash_final($this->sums[$side]['written']);
            $written === hash_final($this->sums[1 - $side]['read']) || wrong('other bytes were read than were written');
        }
        $this->ends = [];
        Open::done();
    }
}

/** Streams that are added and closed without being removed: the next one gets the number and is added in its place. */
function closed_without_del(): void
{
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $number = Event::add($a, fn () => wrong('the callback of a closed stream was called'));
    fwrite($b, 'x');
    fclose($a);
    fclose($b);
    [$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    Count::$opened += 4;
    Count::$unremoved++;
    Open::$work++;
    Event::add($c, function ($c) use ($d) {
        fread($c, 10) === 'new' || wrong('something else than what was written');
        Event::del($c);
        fclose($c);
        fclose($d);
        Open::done();
    }) === $number || wrong('the number was not used again');
    fwrite($d, 'new');
}

/** Three children send signals; each writes a byte before each of them, and waits for the end. */
function children(): void
{
    $main = getmypid();
    foreach (SIGNALS as $signal) {
        $count = mt_rand(5, 40);
        $pauses = mt_rand(0, 3) ? mt_rand(1, 100) : 0;
        $p = new Process(function (Process $p) use ($signal, $count, $main, $pauses) {
            $p->read(1);
            for ($i = 0; $i < $count; $i++) {
                $p->write('x');
                Process::kill($main, $signal);
                $pauses && usleep($pauses);
            }
            $p->read(1);
            exit($count);
        }, false, Process::PIPE_TYPE_STREAM);
        $seen = 0;
        Open::$work++;
        Count::$signalsSent += $count;
        Process::signal($signal, function () use ($p, &$seen, $count) {
            Count::$handlers++;
            if ($seen === $count) {
                // An earlier call has read what this signal was sent for, and the child has gone.
                return;
            }
            $p->setBlocking(false);
            while (is_string($bytes = $p->read()) && $bytes !== '') {
                $seen += strlen($bytes);
                Count::$signalsSeen += strlen($bytes);
            }
            if ($seen === $count) {
                $p->setBlocking(true);
                $p->write('e');
                ($end = Process::wait()) || wrong('a child was lost');
                Open::done();
            }
        });
        unset($seen);
        $p->start();
        $p->write('g');
    }
}

/** Numbers of the descriptors of this process, but for the one that reads the list. */
function descriptors(): int
{
    return count(scandir('/proc/self/fd'));
}

function resident(): int
{
    return preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/self/status'), $m) ? (int) $m[1] : 0;
}

$start = microtime(true);
for ($round = 1; $round <= $rounds; $round++) {
    Open::$work = 1;
    $watchdog = Timer::after(20_000, function () use ($round) {
        wrong("round $round does not end: " . Open::$work . ' open');
        Event::exit();
    });
    timers();
    for ($i = mt_rand(1, 20); $i > 0; $i--) {
        deferred();
    }
    for ($i = mt_rand(1, 6); $i > 0; $i--) {
        new Pair();
    }
    for ($i = mt_rand(0, 3); $i > 0; $i--) {
        closed_without_del();
    }
    $round % 5 === 0 && children();
    $round % 10 === 5 && closed_without_del();
    Event::defer(Open::done(...));
    Event::wait();
    gc_collect_cycles();
    if ($round === WARM_UP) {
        [$descriptors, $memory, $resident] = [descriptors(), memory_get_usage(), resident()];
    }
    if ($round > WARM_UP && descriptors() !== $descriptors) {
        wrong('round ' . $round . ': ' . descriptors() . " descriptors, there were $descriptors");
        $descriptors = descriptors();
    }
    Count::$wrong > 20 && exit(1);
}
$took = microtime(true) - $start;
$memory = memory_get_usage() - ($memory ?? 0);
$resident = resident() - ($resident ?? 0);

foreach ([['timers', Count::$timersDue, Count::$timersFired], ['deferred calls', Count::$deferred, Count::$deferredRun],
    ['bytes', Count::$sent, Count::$received], ['signals', Count::$signalsSent, Count::$signalsSeen]] as [$what, $due, $done]) {
    $due === $done || wrong("$what: $due due, $done done");
}
Count::$ticksFired === Count::$ticksDue || wrong('ticks: ' . Count::$ticksDue . ' due, ' . Count::$ticksFired . ' fired');
if ($rounds > WARM_UP) {
    $memory <= MEMORY || wrong("$memory bytes of memory more than after the first rounds");
    $resident <= RESIDENT || wrong("$resident KB more than after the first rounds");
}
Process::wait(false) === false || wrong('a child is left');

printf("seed %d, %d rounds, %.1f s\n", $seed, $rounds, $took);
printf("timers %d, ticks %d, cleared %d, deferred %d\n", Count::$timersFired, Count::$ticksFired, Count::$cleared, Count::$deferredRun);
printf("messages %d, bytes %d, descriptors opened %d, closed without del %d\n", Count::$messages, Count::$received, Count::$opened, Count::$unremoved);
printf("signals %d in %d calls\n", Count::$signalsSeen, Count::$handlers);
printf("memory %+d bytes, resident %+d KB\n", $memory, $resident);
echo Count::$wrong === 0 ? "nothing was lost\n" : Count::$wrong . " faults\n";
exit(Count::$wrong === 0 ? 0 : 1);
