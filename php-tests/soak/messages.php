<?php
// Tortures messages between processes: seven processes send values of all sizes to one, and are killed at any moment, the
// receiver too. They go through both kinds of pipes, and through a channel in shared memory. After each round every message is accounted for.
//
//   scripts/php php-tests/soak/messages.php [--seed=N] [--rounds=N] [--messages=N] [--quick]
//
// Each sender numbers its messages. The receiver compares their content, and that none is missing or comes twice. A killed
// sender may have sent its last message or not; a killed receiver loses the one message that it has taken, and no other.
// Ends with 1 when something is not as it should be. SOAK_PLANT plants a fault that has to be found: lost, torn, twice, hang.
//
// --seed       the same numbers draw the same lots (default: 1)
// --rounds     how many for each kind of way (default 100)
// --messages   how many each sender sends in a round (default 2000)
// --quick      2 rounds of 150 messages: a few seconds
declare(strict_types=1);

use Swoole\Process\Channel;
use Swoole\{Atomic, Process, Table};

const SENDERS = 7;
/** Seconds that a round may take, on a machine that is busy with other things. */
const LIMIT = 60;
/** Around the sizes at which a value changes from a packet to a file. */
const SIZES = [0, 1, 64, 64, 64, 1000, 8192, 16_300, 16_384, 40_000, 200_000];

$options = getopt('', ['seed:', 'rounds:', 'messages:', 'quick']);
$quick = isset($options['quick']);
$rounds = (int) ($options['rounds'] ?? ($quick ? 2 : 100));
$messages = (int) ($options['messages'] ?? ($quick ? 150 : 2000));
mt_srand((int) ($options['seed'] ?? 1));
$plant = (string) getenv('SOAK_PLANT');

/** How messages go from the senders to the receiver. */
abstract class Way
{
    abstract public function send(mixed $value): bool;

    /** False when nobody has sent for a while. */
    abstract public function receive(mixed &$value): bool;
}

/** The pipe of the receiver. */
final class Pipe extends Way
{
    public Process $receiver;

    public function send(mixed $value): bool
    {
        return @$this->receiver->send($value);
    }

    public function receive(mixed &$value): bool
    {
        $value = $this->receiver->receive(0.2, $received);
        return $received;
    }
}

/** A channel in shared memory. */
final class Shared extends Way
{
    private Channel $channel;

    public function __construct()
    {
        $this->channel = new Channel(50, 1 << 19);
    }

    public function send(mixed $value): bool
    {
        return $this->channel->push($value);
    }

    public function receive(mixed &$value): bool
    {
        $value = $this->channel->pop(0.2, $received);
        return $received;
    }
}

final class Round
{
    /** For each life of a sender: what it has begun to send, and has sent; what was received. */
    public Table $lives;
    public Atomic $violations;
    /** Told to the receiver: all senders have ended. */
    public Atomic $over;

    public function __construct(private Way $way, private int $messages, private string $plant)
    {
        $this->lives = new Table(1024);
        foreach (['begun', 'sent', 'received', 'missing'] as $column) {
            $this->lives->column($column, Table::TYPE_INT);
        }
        $this->lives->create();
        $this->violations = new Atomic();
        $this->over = new Atomic();
    }

    public function wrong(string $what): void
    {
        $this->violations->add();
        fwrite(STDERR, "VIOLATION: $what\n");
    }

    public function send_all(string $life, int $seed): void
    {
        mt_srand($seed);
        for ($number = 0; $number < $this->messages; $number++) {
            $text = str_repeat(chr(mt_rand(0, 255)), SIZES[mt_rand(0, count(SIZES) - 1)]);
            $message = ['life' => $life, 'number' => $number, 'text' => $text, 'sum' => crc32($text)];
            $this->lives->incr($life, 'begun');
            $faulty = $number === 20;
            if ($faulty && $this->plant === 'torn') {
                $message['text'] .= '!';
            }
            if (!$faulty || $this->plant !== 'lost') {
                // The receiver may be dead at the moment, and the pipe full.
                while (!$this->way->send($message)) {
                    usleep(1000);
                }
            }
            if ($faulty && $this->plant === 'twice') {
                $this->way->send($message);
            }
            $this->lives->incr($life, 'sent');
        }
    }

    public function receive_all(): void
    {
        if ($this->plant === 'hang') {
            sleep(1000);
        }
        while (true) {
            $message = null;
            $is_over = $this->over->get() === 1;
            if ($this->way->receive($message)) {
                $this->check($message);
            } elseif ($is_over) {
                return;
            }
        }
    }

    private function check(mixed $message): void
    {
        if (!is_array($message) || crc32($message['text']) !== $message['sum']) {
            $this->wrong('a message is torn');
            return;
        }
        ['life' => $life, 'number' => $number] = $message;
        $next = (int) $this->lives->get($life, 'received') + (int) $this->lives->get($life, 'missing');
        if ($number < $next) {
            $this->wrong("message $number of $life came twice");
            return;
        }
        if ($number > $next) {
            $this->lives->incr($life, 'missing', $number - $next);
        }
        $this->lives->incr($life, 'received');
    }

    /** After the round: whether the numbers agree, where the receiver was killed so many times. */
    public function settle(int $killed): void
    {
        $missing = 0;
        foreach ($this->lives as $life => ['begun' => $begun, 'sent' => $sent, 'received' => $received, 'missing' => $gaps]) {
            $missing += $gaps;
            if ($received + $gaps > $begun) {
                $this->wrong("$life has begun to send $begun messages, and $received were received");
            }
            $missing += max(0, $sent - $received - $gaps);
        }
        if ($missing > $killed) {
            $this->wrong("$missing messages are missing, and the receiver was killed $killed times");
        }
    }
}

function ended(float $until): bool
{
    return microtime(true) > $until;
}

function play(string $name, ?Way $way, int $type, int $messages, bool $kills, string $plant): int
{
    $way ??= new Shared();
    $round = new Round($way, $messages, $plant);
    $receiver = new Process(fn () => $round->receive_all(), false, $type);
    if ($way instanceof Pipe) {
        $way->receiver = $receiver;
    }
    $receiver->start();
    $senders = [];
    $count = 0;
    $make = function () use (&$senders, &$count, $round) {
        $life = 'life' . $count++;
        $round->lives->set($life, ['begun' => 0, 'sent' => 0, 'received' => 0, 'missing' => 0]);
        $seed = mt_rand();
        $sender = new Process(fn () => $round->send_all($life, $seed), false, 0);
        $senders[$sender->start()] = true;
    };
    for ($i = 0; $i < SENDERS; $i++) {
        $make();
    }
    $until = microtime(true) + LIMIT;
    $left = $kills ? 12 : 0;
    $killed = 0;
    $runs = true;
    while ($senders !== [] || $runs) {
        if ($left > 0 && $senders !== []) {
            usleep(mt_rand(100, 20_000));
            $left--;
            if (mt_rand(0, 3) === 0) {
                Process::kill($receiver->pid, SIGKILL);
            } else {
                Process::kill(array_rand($senders), SIGKILL);
            }
        } else {
            usleep(1000);
        }
        while ($end = Process::wait(false)) {
            if ($end['pid'] === $receiver->pid && $round->over->get() === 1 && $end['signal'] === 0) {
                $runs = false;
                continue;
            }
            if ($end['pid'] === $receiver->pid) {
                if ($end['signal'] !== SIGKILL) {
                    $round->wrong("$name: the receiver ended with {$end['code']}");
                    break 2;
                }
                $killed++;
                $receiver->start();
                continue;
            }
            unset($senders[$end['pid']]);
            if ($end['signal'] === SIGKILL && $count < 500) {
                $make();
            }
        }
        if ($senders === [] && $runs) {
            $round->over->set(1);
        }
        if (ended($plant === 'hang' ? $until - LIMIT + 3 : $until)) {
            $round->wrong("$name: nobody gets on");
            foreach ([...array_keys($senders), $receiver->pid] as $pid) {
                Process::kill($pid, SIGKILL);
            }
            while (Process::wait()) {
            }
            return $round->violations->get();
        }
    }
    $round->settle($killed);
    return $round->violations->get();
}

$ways = ['stream' => [new Pipe(), Process::PIPE_TYPE_STREAM], 'message' => [new Pipe(), Process::PIPE_TYPE_DGRAM], 'channel' => [null, 0]];
$violations = 0;
$descriptors = null;
for ($number = 0; $number < $rounds; $number++) {
    foreach ($ways as $name => [$way, $type]) {
        $violations += play($name, $way, $type, $messages, $number % 2 === 1, $plant);
        if ($way !== null) {
            unset($way->receiver);
        }
    }
    if ($violations > 0) {
        exit(1);
    }
    $open = count(scandir('/proc/self/fd'));
    $descriptors ??= $open;
    if ($open !== $descriptors) {
        fwrite(STDERR, "VIOLATION: $open descriptors are open, $descriptors before\n");
        exit(1);
    }
}
echo "all is accounted for\n";
