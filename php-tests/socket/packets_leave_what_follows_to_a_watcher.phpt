--TEST--
recvPacket() of a length takes no more than its packet from a socket that the loop watches, and from an exported pipe
--FILE--
<?php
use Swoole\{Coroutine, Event, Process};
use function Swoole\Coroutine\run;
const PACKETS = ['open_length_check' => true, 'package_length_type' => 'n', 'package_length_offset' => 1, 'package_body_offset' => 3];
function packet(string $text): string
{
    return '!' . pack('n', strlen($text)) . $text;
}
run(function (): void {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setProtocol(PACKETS);
    $left = ['one', '', str_repeat('x', 3000), 'four'];
    $a->sendAll(implode('', array_map(packet(...), $left)));
    // Nothing more comes: each call of the callback takes one packet.
    Event::add($b, function () use ($b, &$left): void {
        var_dump(substr($b->recvPacket(), 3) === array_shift($left));
        if ($left === []) {
            Event::del($b);
        }
    });
});

// Packets and plain reads of one pipe.
$process = new Process(function (Process $process): void {
    $process->write(packet('packet') . 'plain');
}, false, SOCK_STREAM);
$process->start();
Process::wait();
run(function () use ($process): void {
    $socket = $process->exportSocket();
    $socket->setProtocol(PACKETS);
    var_dump(substr($socket->recvPacket(5), 3));
});
var_dump($process->read());
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
string(6) "packet"
string(5) "plain"
