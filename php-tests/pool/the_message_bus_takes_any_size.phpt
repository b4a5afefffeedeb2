--TEST--
enable_message_bus: messages of 0 bytes to 50 MB arrive whole and in order, from several senders at once
--INI--
memory_limit=512M
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$sizes = [0, 1, 65535, 65536, 65537, 1000000, 0, 50000000, 3, 131072, 4096];
$wire = new Wire();
$pool = new Pool(4, SWOOLE_IPC_UNIXSOCK);
$pool->set(['enable_message_bus' => true, 'max_package_size' => 100]);
// The first bytes tell the sender and the number; an empty message tells nothing.
$text = fn (int $id, int $i) => substr(str_pad("$id.$i.", $sizes[$i], chr(65 + $i)), 0, $sizes[$i]);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($sizes, $text) {
    if ($id > 0) {
        foreach ($sizes as $i => $size) {
            $pool->sendMessage($text($id, $i), 0);
        }
    }
});
[$bytes, $wrong, $small, $last] = [0, 0, 0, []];
$pool->on('Message', function (Pool $pool, string $message) use (&$bytes, &$wrong, &$small, &$last, $sizes, $text, $wire) {
    $bytes += strlen($message);
    if (strlen($message) < 10) {
        $small++;
    } else {
        [$id, $i] = array_map('intval', explode('.', $message, 3));
        $wrong += (int) ($message !== $text($id, $i)) + (int) (($last[$id] ?? -1) >= $i);
        $last[$id] = $i;
    }
    if ($small === 12 && count($last) === 3 && min($last) === 10) {
        $wire->tell('wrong', $wrong, 'bytes', $bytes === 3 * array_sum($sizes));
        $pool->shutdown();
    }
});
$pool->start();
echo implode("\n", $wire->hearAll()), "\n";
?>
--EXPECT--
wrong 0 bytes true
