--TEST--
a callback may ask for more than there is: calls on a watched descriptor do not wait, reads of a watched pipe neither; standard descriptors keep waiting for others
--FILE--
<?php
use Swoole\{Event, Process, Timer};

/** Whether the open file description has O_NONBLOCK. */
function waits(int $fd): bool
{
    preg_match('/^flags:\s+([0-7]+)$/m', file_get_contents("/proc/self/fdinfo/$fd"), $found);
    return (octdec($found[1]) & 04000) === 0;
}

// The end of a program that goes on: a read up to the end of the file would wait for ever.
$program = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
fwrite($pipes[0], 'first');
$turns = 0;
$fd = Event::add($pipes[1], function ($stream) use (&$pipes, &$turns): void {
    echo json_encode([stream_get_contents($stream), fread($stream, 10)]), "\n";
    if (++$turns === 2) {
        Event::del($stream);
    } else {
        fwrite($pipes[0], 'second');
    }
});
var_dump(waits($fd));
Event::wait();
// It stays so.
var_dump(waits($fd), fread($pipes[1], 10));
array_map(fclose(...), $pipes);
proc_close($program);

// All messages that have come, with a timer whose turn is next.
[$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$child = new Process(function (Process $child) use ($there): void {
    $child->write('one');
    $child->write('two');
    fwrite($there, 'x');
    $child->read();
    $child->write('three');
    $child->read();
});
$child->start();
fread($here, 1);
$messages = [];
Event::add($child, function (Process $child) use (&$messages): void {
    while (($message = $child->read()) !== false) {
        $messages[] = $message;
    }
    echo swoole_errno() === SOCKET_EAGAIN ? '' : 'another error ', implode(' ', $messages), "\n";
    if (count($messages) === 2) {
        Timer::after(1, fn () => $child->write('go on'));
    } elseif (count($messages) === 3) {
        Event::del($child);
        // Nobody watches it: this one waits, and is told of the end.
        $child->write('end');
        var_dump($child->read());
    }
});
var_dump(waits($child->pipe));
Event::wait();
Process::wait();

// A watcher that was left behind by a closed descriptor says nothing about the next one with its number.
$old = new Process(fn () => 0);
$number = Event::add($old, fn () => 0);
$old->close();
$new = new Process(function (Process $new) use ($here): void {
    fread($here, 1);
    $new->write('late');
});
var_dump($new->pipe === $number);
$new->start();
fwrite($there, 'x');
var_dump($new->read());
Process::wait();
Event::del($number);

// Numbers of descriptors, and sockets.
$process = new Process(fn () => 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $sockets);
foreach ([$here, $sockets[0], $process->pipe] as $watched) {
    $number = Event::add($watched, fn () => 0);
    var_dump(waits($number));
    Event::del($watched);
}

// Other programs share these.
$redirected = new Process(function (): void {
    foreach ([STDIN, STDOUT, fopen('php://stdin', 'r'), fopen('php://stdout', 'w')] as $stream) {
        echo waits(Event::add($stream, fn () => 0)) && Event::del($stream) ? "as before\n" : "changed\n";
    }
}, true);
$redirected->start();
while (($output = $redirected->read()) !== '') {
    echo $output;
}
Process::wait();

// What cannot be watched stays as it was.
$file = fopen(__FILE__, 'r');
var_dump(@Event::add($file, fn () => 0), fread($file, 2));
Event::wait();
?>
--EXPECT--
bool(false)
["first",""]
["second",""]
bool(false)
string(0) ""
bool(false)
one two
one two three
string(0) ""
bool(true)
string(4) "late"
bool(false)
bool(false)
bool(false)
as before
as before
as before
as before
bool(false)
string(2) "<?"
