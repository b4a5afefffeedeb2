--TEST--
send() and receive() carry values of any type and size through both types of pipes, in both directions, in their order
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
use Swoole\Process;

require __DIR__ . '/../support.inc';

class Point
{
    public function __construct(public int $x, protected ?Point $next = null)
    {
    }
}
enum Suit: string
{
    case Hearts = 'h';
}
$shared = new Point(1);
$values = [
    null, true, false, 0, PHP_INT_MIN, -0.5, NAN, '', "\0\xff\xfc\xfd\xfe", 'b:0;', [], [1, 'k' => [2, []]], new Point(2, new Point(3)),
    Suit::Hearts, [$shared, $shared], new ArrayObject(['a' => 1]),
    // Around the sizes at which a value changes from a packet to a file, and beyond what a socket holds.
    ...array_map(fn (int $size) => str_repeat('x', $size), [1000, 16366, 16367, 16368, 16384, 70_000, 3_000_000]),
    range(1, 100_000),
];
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        while (($value = $p->receive(-1, $received)) !== 'stop' && $received) {
            $p->send([$value, $value]);
        }
        // A file size limit holds for files in memory, too.
        pcntl_signal(SIGXFSZ, SIG_DFL);
        posix_setrlimit(POSIX_RLIMIT_FSIZE, 5000, 5000);
        $p->send(str_repeat('y', 50_000));
        $p->write('plain');
        $p->send(['last']);
    }, false, $type);
    var_dump($p->send('before the start'));
    $p->start();
    $same = $p->receive(10) === ['before the start', 'before the start'];
    foreach ($values as $index => $value) {
        if (!$p->send($value)) {
            echo "not sent\n";
        }
        $back = $p->receive(10, $received);
        if (!$received || serialize($back) !== serialize([$value, $value])) {
            echo "value $index is another one\n";
            var_dump($received);
        }
    }
    $p->send('stop');
    echo strlen($p->receive(10)), ' ', $p->read(), ' ', $p->receive(10)[0], "\n";
    var_dump($same, $p->receive(10, $received), $received, swoole_last_error() === SOCKET_ECONNRESET);
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
bool(true)
50000 plain last
bool(true)
bool(false)
bool(false)
bool(true)
code 0
bool(true)
50000 plain last
bool(true)
bool(false)
bool(false)
bool(true)
code 0
