<?php
// One file and several processes: what a fork shares, what it does not share, and how a lock keeps writes in order.
//
//   scripts/php examples/shared_file.php      from the checkout
//   php examples/shared_file.php              where the extension is installed
//
// A file that was opened before start() is one open file with one position for all processes. A process that opens the
// file itself has a position of its own. Locks of flock() are between open files: to exclude each other, processes must
// open the file themselves.

use Swoole\Process;

$path = tempnam(sys_get_temp_dir(), 'shared');

echo "1. Opened once, before the fork: all processes share one position, and no text is overwritten.\n";
$file = fopen($path, 'w');
stream_set_write_buffer($file, 0);
foreach (['first', 'second'] as $name) {
    $child = new Process(fn () => fwrite($file, "   by the $name child\n"), false, Process::PIPE_TYPE_NONE);
    $child->start();
    Process::wait();
}
fwrite($file, "   by the parent, which has not written before\n");
fclose($file);
echo file_get_contents($path), "\n";

echo "2. Opened by each process: each begins at the start of the file, and overwrites the text of the others.\n";
file_put_contents($path, '');
foreach (['the first one', 'second'] as $text) {
    $child = new Process(function () use ($path, $text) {
        $file = fopen($path, 'r+');
        fwrite($file, $text);
    }, false, Process::PIPE_TYPE_NONE);
    $child->start();
    Process::wait();
}
echo '   ', file_get_contents($path), "\n\n";

echo "3. Five processes each add 1 to a number in the file, a hundred times, under a lock.\n";
file_put_contents($path, '0');
for ($n = 0; $n < 5; $n++) {
    $child = new Process(function () use ($path) {
        // Each process opens the file: with an inherited open file, all of them would share one lock.
        $file = fopen($path, 'r+');
        for ($i = 0; $i < 100; $i++) {
            flock($file, LOCK_EX);
            rewind($file);
            $count = (int) fread($file, 20);
            rewind($file);
            fwrite($file, (string) ($count + 1));
            fflush($file);
            flock($file, LOCK_UN);
        }
    }, false, Process::PIPE_TYPE_NONE);
    $child->start();
}
while (Process::wait());
echo '   ', file_get_contents($path), " of 500\n";

unlink($path);
