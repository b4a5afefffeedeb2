<?php
// Lets a thousand coroutines talk to each other while others cancel, time out and close what they talk through.
//
//   scripts/php php-tests/soak/coroutines.php [--seed=N] [--rounds=N] [--quick]
//
// Each round is one run(). Its links are connected sockets (unix streams, unix messages, TCP), with a coroutine that
// writes and one that reads at each end, and channels with several at each end. All are alive at the same time. Some
// calls have short time limits, some coroutines are cancelled, in both ways, or the wait of their socket is, and some
// links are closed in the middle. After it, each message has been received once, in order and unchanged, or it was on
// its way when somebody closed the link; all coroutines and descriptors are gone, and memory is what it was after the
// first rounds. Ends with 1 when something is not as it should be.
//
// --seed     the same numbers draw the same lots (default: 1)
// --rounds   how many (default 100: about a minute)
// --quick    a few rounds of a fifth of the coroutines: about a second
declare(strict_types=1);

use Swoole\{Coroutine, Timer};
use Swoole\Coroutine\{CanceledException, Channel, Socket};
use function Swoole\Coroutine\{go, run};

/** What the engine's memory may grow over all rounds but the first ones, in bytes. */
const MEMORY = 100_000;
/** What the process may grow, in KB: allocators keep some of what a round needs. */
const RESIDENT = 4 * 1024;
const WARM_UP = 5;
/** A round that takes longer is stuck, in milliseconds. */
const PATIENCE = 60_000;
/** How many of 1000 coroutines cancel others, or close things; the rest belong to links. */
const TROUBLEMAKERS = 40;

final class Count
{
    public static array $of = [];
    public static int $wrong = 0;

    public static function one(string $what, int $number = 1): void
    {
        self::$of[$what] = (self::$of[$what] ?? 0) + $number;
    }
}

function wrong(string $what): void
{
    if (++Count::$wrong <= 20) {
        fwrite(STDERR, "wrong: $what\n");
    }
}

/** A time limit for a call: often none. */
function limit(): float
{
    return mt_rand(0, 3) ? -1 : mt_rand(1, 8) / 1000;
}

/** What others may do to a coroutine or to what it uses. */
interface Link
{
    /** Makes the coroutines of this link, which begin when the gate is closed. */
    public function begin(Channel $gate): void;

    /** Ends something that somebody waits for, if anybody does. */
    public function disturb(): void;

    /** Closes it, or a part of it, in the middle. */
    public function break(): void;

    /** Compares what was sent with what has arrived; all its coroutines have ended. */
    public function check(): void;
}

/** A coroutine of a link: it does again what a cancellation has ended. */
abstract class Worker
{
    /** @var int[] those that have not ended, by number */
    public static array $alive = [];

    protected function start(Channel $gate, Closure $work): void
    {
        $cid = go(function () use ($gate, $work) {
            // All are alive before the first one works.
            while ($gate->errCode !== SWOOLE_CHANNEL_CLOSED) {
                $this->undisturbed(fn () => $gate->pop());
            }
            $work();
            unset(self::$alive[Coroutine::getCid()]);
        });
        self::$alive[$cid] = $cid;
    }

    /** The result of `$call`, which is made again until no exception ends it. */
    protected function undisturbed(Closure $call): mixed
    {
        while (true) {
            try {
                return $call();
            } catch (CanceledException) {
                Count::one('exceptions');
            }
        }
    }

    protected function pause(): void
    {
        if (mt_rand(0, 9) === 0) {
            $this->undisturbed(fn () => Coroutine::sleep(mt_rand(1, 3) / 1000));
        }
    }
}

/** One direction of a connection: what was sent, and what has arrived. */
final class Direction
{
    public int $sent = 0;
    public int $received = 0;
    /** The sender does not know how much of its last message has gone out. */
    public bool $unsure = false;
    public bool $ended = false;

    /** @param int $long how long the longest messages are */
    public function __construct(
        public readonly int $messages,
        private readonly int $number,
        private readonly int $long,
    ) {
    }

    /** The message of this number, which is different from all others. */
    public function message(int $at): string
    {
        $length = $at % 7 === 6 ? $this->long + $at : 5 + ($this->number * 31 + $at * 17) % 900;
        return pack('NN', $length, $at) . substr(str_repeat("$this->number/$at ", intdiv($length, 4) + 1), 0, $length);
    }

    public function receive(string $message): void
    {
        $expected = $this->message($this->received);
        if ($message !== $expected) {
            wrong(sprintf('direction %d, message %d: %d bytes that begin with %s', $this->number, $this->received,
                strlen($message), json_encode(substr($message, 8, 20))));
        }
        $this->received++;
    }
}

/** Two connected sockets, each with a reader and a writer. */
final class Connection extends Worker implements Link
{
    /** @var Socket[] */
    private array $ends;
    /** @var Direction[] what each end sends */
    private array $directions;
    private int $open = 2;
    private bool $broken = false;
    private static int $number = 0;

    public function __construct(private readonly string $kind, Socket $listener)
    {
        $pair = match ($kind) {
            'stream' => swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0),
            'messages' => swoole_coroutine_socketpair(AF_UNIX, SOCK_SEQPACKET, 0),
            'tcp' => self::connect($listener),
        };
        $this->ends = $pair;
        foreach ($pair as $side => $end) {
            // Small buffers: those who write have to wait.
            mt_rand(0, 1) && $end->setOption(SOL_SOCKET, SO_SNDBUF, 5000);
            $this->directions[$side] = new Direction(mt_rand(0, 30), ++self::$number, $kind === 'messages' ? 2000 : 20_000);
        }
    }

    private static function connect(Socket $listener): array
    {
        $client = new Socket(AF_INET, SOCK_STREAM);
        $client->connect('127.0.0.1', $listener->getsockname()['port']) || wrong("no connection: $client->errMsg");
        return [$client, $listener->accept() ?: wrong("no connection was accepted: $listener->errMsg")];
    }

    public function begin(Channel $gate): void
    {
        foreach ([0, 1] as $side) {
            $this->start($gate, fn () => $this->write($this->ends[$side], $this->directions[$side]));
            $this->start($gate, fn () => $this->read($this->ends[$side], $this->directions[1 - $side]));
        }
    }

    private function write(Socket $end, Direction $direction): void
    {
        while ($direction->sent < $direction->messages) {
            $this->pause();
            if (!$this->send($end, $direction, $direction->message($direction->sent))) {
                return;
            }
            $direction->sent++;
        }
        // The reader at the other side sees the end.
        $end->isClosed() || $end->shutdown(1);
    }

    /** Sends a message; false when that is not possible any more. */
    private function send(Socket $end, Direction $direction, string $message): bool
    {
        while ($message !== '') {
            try {
                $at_once = $this->kind === 'messages' || mt_rand(0, 3);
                $sent = $at_once ? $end->send($message, limit()) : $end->sendAll($message, limit());
            } catch (CanceledException) {
                Count::one('exceptions');
                if ($at_once) {
                    continue;
                }
                // Nobody knows how much it has sent.
                $direction->unsure = true;
                $end->shutdown(1);
                return false;
            }
            if ($sent !== false) {
                $message = substr($message, $sent);
            } elseif (!$this->may_try_again($end)) {
                return false;
            }
        }
        return true;
    }

    private function may_try_again(Socket $end): bool
    {
        if ($end->isClosed()) {
            $this->broken || wrong("a $this->kind socket is closed, and nobody has closed it");
            return false;
        }
        switch ($end->errCode) {
            case SOCKET_ETIMEDOUT:
                Count::one('time-outs');
                return true;
            case SOCKET_ECANCELED:
                Count::one('cancelled waits');
                return true;
            case SOCKET_EPIPE:
            case SOCKET_ECONNRESET:
                $this->broken || wrong("$this->kind: $end->errMsg");
                return false;
            default:
                wrong("$this->kind: $end->errMsg");
                return false;
        }
    }

    private function read(Socket $end, Direction $direction): void
    {
        $data = '';
        while (($more = $this->receive($end, $data)) !== null) {
            $data .= $more;
            while (strlen($data) >= 8 && strlen($data) >= $length = 8 + unpack('N', $data)[1]) {
                $direction->receive(substr($data, 0, $length));
                $data = substr($data, $length);
            }
        }
        if ($data !== '') {
            $this->broken || $direction->unsure || wrong("$this->kind: a message has no end");
        }
        if (--$this->open === 0) {
            foreach ($this->ends as $socket) {
                $socket->isClosed() || $socket->close() || wrong("close(): $socket->errMsg");
            }
        }
    }

    /** What comes next; null at the end. */
    private function receive(Socket $end, string $data): ?string
    {
        while (true) {
            $this->pause();
            // What is missing of a message, or its length, or anything.
            $wanted = strlen($data) < 8 ? 8 - strlen($data) : 8 + unpack('N', $data)[1] - strlen($data);
            try {
                $all = mt_rand(0, 1) === 1 && $this->kind !== 'messages';
                $more = $all ? $end->recvAll($wanted, limit()) : $end->recv(65536, limit());
            } catch (CanceledException) {
                Count::one('exceptions');
                continue;
            }
            if (is_string($more)) {
                if ($more !== '') {
                    return $more;
                }
                return null;
            }
            if (!$this->may_try_again($end)) {
                return null;
            }
        }
    }

    public function disturb(): void
    {
        $this->ends[mt_rand(0, 1)]->cancel(mt_rand(0, 1) ? SWOOLE_EVENT_READ : SWOOLE_EVENT_WRITE) && Count::one('cancelled sockets');
    }

    public function break(): void
    {
        $end = $this->ends[mt_rand(0, 1)];
        if (!$end->isClosed() && $this->open > 0) {
            $this->broken = true;
            Count::one('connections closed in the middle');
            $end->close() || wrong("close(): $end->errMsg");
        }
    }

    public function check(): void
    {
        foreach ($this->directions as $direction) {
            Count::one('messages received', $direction->received);
            $lost = $direction->sent - $direction->received;
            if ($this->broken || $direction->unsure) {
                // The last one may have arrived although its sender was told that it had not been sent.
                $lost >= ($direction->unsure ? -1 : 0) || wrong("$this->kind: more was received than sent");
                Count::one('messages lost with a closed connection', max(0, $lost));
            } elseif ($lost !== 0 || $direction->sent !== $direction->messages) {
                wrong("$this->kind: $direction->sent of $direction->messages messages were sent, $direction->received received");
            }
        }
        foreach ($this->ends as $end) {
            $end->isClosed() || wrong("a $this->kind socket is open");
        }
    }
}

/** A channel with several at each end. */
final class Talk extends Worker implements Link
{
    private Channel $channel;
    private int $producers;
    private int $consumers;
    private array $pushed = [];
    private array $popped = [];
    private bool $broken = false;
    private bool $ended = false;

    public function __construct(int $coroutines)
    {
        $this->channel = new Channel(mt_rand(1, 12));
        $this->producers = mt_rand(1, $coroutines - 1);
        $this->consumers = $coroutines - $this->producers;
    }

    public function begin(Channel $gate): void
    {
        $producing = $this->producers;
        for ($i = 0; $i < $this->producers; $i++) {
            $this->start($gate, function () use ($i, &$producing) {
                $this->produce($i);
                if (--$producing === 0) {
                    $this->ended = true;
                    $this->channel->close() !== $this->broken || wrong('a channel is closed once');
                }
            });
        }
        for ($i = 0; $i < $this->consumers; $i++) {
            $this->start($gate, fn () => $this->consume());
        }
    }

    private function produce(int $number): void
    {
        for ($at = 0, $most = mt_rand(0, 60); $at < $most; $at++) {
            $this->pause();
            $value = [$number, $at];
            while (!$this->undisturbed(fn () => $this->channel->push($value, limit()))) {
                if ($this->channel->errCode === SWOOLE_CHANNEL_CLOSED) {
                    $this->broken || wrong('a channel was closed, and nobody has closed it');
                    return;
                }
                Count::one($this->channel->errCode === SWOOLE_CHANNEL_TIMEOUT ? 'time-outs' : 'cancelled waits');
            }
            $this->pushed["$number/$at"] = true;
        }
    }

    private function consume(): void
    {
        $last = [];
        while (true) {
            $this->pause();
            $value = $this->undisturbed(fn () => $this->channel->pop(limit()));
            if ($value === false) {
                if ($this->channel->errCode === SWOOLE_CHANNEL_CLOSED) {
                    return;
                }
                Count::one($this->channel->errCode === SWOOLE_CHANNEL_TIMEOUT ? 'time-outs' : 'cancelled waits');
                continue;
            }
            [$number, $at] = $value;
            $at > ($last[$number] ?? -1) || wrong('two values of a channel have changed their places');
            $last[$number] = $at;
            isset($this->popped["$number/$at"]) && wrong('a value of a channel was taken twice');
            $this->popped["$number/$at"] = true;
        }
    }

    public function disturb(): void
    {
        // A channel that is looked at stays as it is.
        $stats = $this->channel->stats();
        $stats['consumer_num'] <= $this->consumers && $stats['producer_num'] <= $this->producers
            || wrong('more wait at a channel than there are');
    }

    public function break(): void
    {
        if (!$this->ended && !$this->broken) {
            // Before those who wait there go on.
            $this->broken = true;
            Count::one('channels closed in the middle');
            $this->channel->close() || wrong('a channel cannot be closed');
        }
    }

    public function check(): void
    {
        Count::one('values received', count($this->popped));
        array_diff_key($this->popped, $this->pushed) === [] || wrong('a value has arrived that was not pushed');
        $left = $this->channel->length();
        count($this->pushed) === count($this->popped) + $left
            || wrong(sprintf('%d values were pushed, %d popped, %d are left', count($this->pushed), count($this->popped), $left));
        // Those who pop take what is left in a closed channel.
        $left === 0 || wrong("$left values are left in a channel");
        array_sum(array_slice($this->channel->stats(), 0, 2)) === 0 || wrong('somebody waits at a channel');
    }
}

/** Makes links of so many coroutines. */
function links(int $coroutines): array
{
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1') && $listener->listen() || wrong("no listener: $listener->errMsg");
    for ($links = []; $coroutines > 0; $coroutines -= $number) {
        $kind = ['stream', 'messages', 'tcp', 'channel'][mt_rand(0, 3)];
        if ($kind === 'channel' || $coroutines < 8) {
            // A channel needs two.
            $number = $coroutines < 8 ? $coroutines : mt_rand(2, 6);
            $links[] = new Talk($number);
        } else {
            $number = 4;
            $links[] = new Connection($kind, $listener);
        }
    }
    return $links;
}

function make_trouble(array $links): void
{
    for ($i = mt_rand(5, 40); $i > 0; $i--) {
        Coroutine::sleep(mt_rand(1, 4) / 1000);
        switch (mt_rand(0, 9)) {
            case 0:
                $links[array_rand($links)]->break();
                break;
            case 1:
            case 2:
            case 3:
                $links[array_rand($links)]->disturb();
                break;
            default:
                if (Worker::$alive !== [] && Coroutine::cancel(array_rand(Worker::$alive), mt_rand(0, 1) === 1)) {
                    Count::one('cancelled coroutines');
                }
        }
    }
}

function round_of(int $coroutines): void
{
    $stuck = Timer::after(PATIENCE, function () {
        foreach (array_slice(Worker::$alive, 0, 3) as $cid) {
            fwrite(STDERR, "coroutine $cid:\n");
            foreach (Coroutine::getBackTrace($cid) ?: [] as $frame) {
                fwrite(STDERR, '  ' . ($frame['class'] ?? '') . ($frame['type'] ?? '') . "$frame[function]\n");
            }
        }
        fwrite(STDERR, 'wrong: ' . count(Worker::$alive) . ' coroutines do not end in round ' . Count::$of['rounds'] . "\n");
        posix_kill(getmypid(), SIGKILL);
    });
    $troublemakers = intdiv($coroutines * TROUBLEMAKERS, 1000);
    $links = links($coroutines - $troublemakers);
    shuffle($links);
    $gate = new Channel();
    foreach ($links as $link) {
        $link->begin($gate);
    }
    for ($i = 0; $i < $troublemakers; $i++) {
        go(make_trouble(...), $links);
    }
    // With this one.
    Coroutine::stats()['coroutine_num'] === $coroutines + 1
        || wrong(Coroutine::stats()['coroutine_num'] . " coroutines are alive, not $coroutines");
    $gate->close();
    while (Worker::$alive !== []) {
        Coroutine::join(array_slice(Worker::$alive, 0, 1));
    }
    Timer::clear($stuck);
    foreach ($links as $link) {
        $link->check();
    }
}

/** Descriptors of this process, without the one that reads the list. */
function descriptors(): int
{
    return count(scandir('/proc/' . getmypid() . '/fd'));
}

function resident(): int
{
    return preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/' . getmypid() . '/status'), $m) ? (int) $m[1] : 0;
}

$options = getopt('', ['seed:', 'rounds:', 'quick']);
$seed = (int) ($options['seed'] ?? 1);
$rounds = (int) ($options['rounds'] ?? (isset($options['quick']) ? WARM_UP + 5 : 100));
$coroutines = isset($options['quick']) ? 200 : 1000;
mt_srand($seed);

// The loop's own descriptor comes with the first run and stays.
run(fn () => Coroutine::sleep(0.001));
$descriptors = descriptors();
$start = microtime(true);
for ($round = 1; $round <= $rounds; $round++) {
    Count::$of['rounds'] = $round;
    run(round_of(...), $coroutines);
    gc_collect_cycles();
    Coroutine::stats()['coroutine_num'] === 0 || wrong(Coroutine::stats()['coroutine_num'] . ' coroutines are left');
    descriptors() === $descriptors || wrong(descriptors() . " descriptors, there were $descriptors");
    if ($round === WARM_UP) {
        [$memory, $resident] = [memory_get_usage(), resident()];
    }
    Count::$wrong > 20 && exit(1);
}
$took = microtime(true) - $start;
if ($rounds > WARM_UP) {
    $memory = memory_get_usage() - $memory;
    $resident = resident() - $resident;
    $memory <= MEMORY || wrong("$memory bytes of memory more than after the first rounds");
    $resident <= RESIDENT || wrong("$resident KB more than after the first rounds");
    printf("memory %+d bytes, resident %+d KB\n", $memory, $resident);
}
printf("seed %d, %d rounds of %d coroutines, %.1f s\n", $seed, $rounds, $coroutines, $took);
ksort(Count::$of);
foreach (Count::$of as $what => $number) {
    printf("%9d %s\n", $number, $what);
}
echo Count::$wrong === 0 ? "nothing was lost\n" : Count::$wrong . " faults\n";
exit(Count::$wrong === 0 ? 0 : 1);
