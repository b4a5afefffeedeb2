--TEST--
Swoole\dup2(): STDIN, STDOUT and STDERR stay open and use the file of the handle, and programs inherit it; what is refused
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\{dup, dup2};

$files = [];
$kept = [dup(STDIN), dup(STDOUT), dup(STDERR)];
foreach (['in', 'out', 'error'] as $number => $name) {
    $files[] = $file = tmpfile();
    fwrite($file, $number === 0 ? "one\ntwo\nthree\n" : '');
    $number === 0 && rewind($file) && fgets($file);
    dup2($file, $number);
}
fwrite(STDOUT, "from the stream\n");
fwrite(STDERR, "an error\n");
// The shell reads no more than its line.
system('read line; echo "a program reads $line"; echo and warns >&2');
$line = fgets(STDIN);
array_map(dup2(...), $kept, [0, 1, 2]);
foreach ([1, 2] as $number) {
    rewind($files[$number]);
    echo stream_get_contents($files[$number]);
}
var_dump($line);

// Each kind of handle. The other end of a pair sees that the last duplicate is gone.
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$socket = Socket::import($a);
foreach (['a coroutine socket' => $socket, 'a number' => $socket->fd] as $title => $handle) {
    dup2($handle, 0);
    fwrite($b, "to $title\n");
    echo stream_get_line(STDIN, 100, "\n"), "\n";
}
$socket->close();
unset($a);
dup2($kept[0], 0);
echo json_encode(fread($b, 1)), feof($b) ? ' closed' : '', "\n";

foreach ([[STDIN, 3], [STDIN, -1], [fopen('php://memory', 'r'), 0], [9999, 0], [$socket, 0], ['x', 0]] as [$handle, $number]) {
    try {
        var_dump(@dup2($handle, $number), swoole_last_error(), error_get_last()['message'] ?? null);
        error_clear_last();
    } catch (Error $error) {
        echo get_class($error), ': ', $error->getMessage(), "\n";
    }
}
// The same descriptor: a program still inherits it.
var_dump(dup2(STDOUT, 1));
?>
--EXPECT--
from the stream
a program reads two
an error
and warns
string(6) "three
"
to a coroutine socket
to a number
"" closed
ValueError: Swoole\dup2(): Argument #2 ($standard) must be 0, 1 or 2
ValueError: Swoole\dup2(): Argument #2 ($standard) must be 0, 1 or 2
bool(false)
int(0)
string(43) "Swoole\dup2(): the stream has no descriptor"
bool(false)
int(9)
string(59) "Swoole\dup2(): dup2() failed, Error: Bad file descriptor[9]"
bool(false)
int(9)
string(60) "Swoole\dup2(): fcntl() failed, Error: Bad file descriptor[9]"
TypeError: Swoole\dup2(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, string given
bool(true)
