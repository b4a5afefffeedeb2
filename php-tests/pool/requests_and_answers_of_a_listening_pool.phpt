--TEST--
SWOOLE_IPC_SOCKET: requests in pieces, slow and vanishing clients, empty and too long requests, large answers, several writes
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$path = sys_get_temp_dir() . '/pool-' . getmypid() . '.sock';
$wire = new Wire();
$master = apart(function () use ($path, $wire) {
    $pool = new Pool(2, SWOOLE_IPC_SOCKET);
    $pool->set(['max_package_size' => 100000]);
    // No longer waits for a client than this.
    swoole_async_set(['socket_read_timeout' => 1]);
    $pool->listen("unix:$path");
    $pool->on('WorkerStart', fn () => $wire->tell('ready'));
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        [$what, $number] = explode(' ', "$message ");
        match ($what) {
            'echo' => $pool->write($message),
            'length' => $pool->write((string) strlen($message)),
            'parts' => array_map(fn ($part) => $pool->write($part), ['one', ' two', ' three']),
            'nothing' => null,
            'large' => $pool->write(str_repeat('y', (int) $number)),
            'empty' => $wire->tell('empty write', $pool->write('')),
            'throw' => throw new Exception(),
        };
        if ($what === 'throw') {
            ini_set('display_errors', 0);
        }
        $wire->tell("handled $what");
    });
    $wire->tell('outside', $pool->write('x'));
    $pool->start();
});
echo implode(' ', $wire->hearSorted(3)), "\n";
function client(): mixed
{
    global $path;
    return stream_socket_client("unix://$path");
}
function frame(string $body): string
{
    return pack('N', strlen($body)) . $body;
}
function answer(mixed $client): string
{
    $all = stream_get_contents($client);
    if ($all === '') {
        return 'closed';
    }
    $length = unpack('N', $all)[1];
    return $length === strlen($all) - 4 ? substr($all, 4) : 'incomplete';
}
function ask(string $body): string
{
    $client = client();
    // A request that is refused by its length may be so before all of it is sent.
    @fwrite($client, frame($body));
    return answer($client);
}
echo ask('echo hello'), "\n", ask('parts'), "\n", ask('nothing'), "\n", ask('empty'), "\n";
echo ask('length ' . str_repeat('x', 99993)), ' ', ask('length ' . str_repeat('x', 99994)), "\n";
echo strlen(ask('large 5000000')), "\n";
// In pieces, beside one that is in no hurry.
$slow = client();
fwrite($slow, "\0\0");
$client = client();
foreach (str_split(frame('echo in pieces')) as $byte) {
    fwrite($client, $byte);
    fflush($client);
}
echo answer($client), "\n";
fwrite($slow, "\0\x09echo slow");
echo answer($slow), "\n";
// No request at all.
foreach (["\0\0\0\0", "\xff\xff\xff\xff", "\x80\0\0\0x", pack('N', 100001)] as $bytes) {
    $client = client();
    fwrite($client, $bytes);
    echo answer($client), "\n";
}
// Those who vanish: at once, in the middle, with the answer on its way.
foreach (['', "\0\0\0\x0a", "\0\0\0\x0aecho", frame('large 5000000')] as $bytes) {
    $client = client();
    fwrite($client, $bytes);
    fclose($client);
}
// One that never goes on, and one that never fetches its answer.
$stuck = [client(), client(), client()];
fwrite($stuck[0], "\0\0\0\x0aecho");
fwrite($stuck[1], frame('large 50000000'));
echo ask('echo served after those who are stuck'), "\n";
// Many at once.
$clients = array_map(fn () => client(), range(1, 50));
foreach ($clients as $i => $client) {
    fwrite($client, frame("echo $i"));
}
echo json_encode(array_map('answer', $clients) === array_map(fn ($i) => "echo $i", range(0, 49))), "\n";
unset($stuck, $clients, $client);
posix_kill($master, SIGTERM);
echo ending_of($master), "\n";
$lines = $wire->hearAll();
echo json_encode(count(array_keys($lines, 'handled echo')) >= 54), ' ', implode(' ', preg_grep('/empty/', $lines)), ' ', json_encode(file_exists($path)), "\n";
?>
--EXPECT--
outside false ready ready
echo hello
one two three
closed
closed
100000 closed
5000000
echo in pieces
echo slow
closed
closed
closed
closed
echo served after those who are stuck
true
code 0
true empty write false handled empty false
