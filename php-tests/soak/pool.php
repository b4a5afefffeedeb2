<?php
// Feeds pools numbered messages while their workers are killed, and accounts for every message.
//
//   scripts/php php-tests/soak/pool.php [--messages=100000] [--seed=N] [--only=WORD] [--quick]
//
// --messages   for each way of feeding a pool (the full run has 1000000)
// --seed       repeats the choices of an earlier run; what the scheduler does with them is its own affair
// --only       the parts whose names contain this word
// --quick      few messages, and the parts that take long are left out
//
// Each worker notes a message as the first thing that its handler does, with one write(2) of one record to a file that
// all processes append to; a record never crosses a page, so a kill leaves no half of one. What dies by itself notes
// that before, and the one who kills notes it after. So a message is lost when it was sent and has no record, which
// may happen once for each death: between the system call that received it and the one that noted it.
//
// In the end: nothing doubled, nothing out of order where the order is promised, no more lost than died, and for a pool
// that was asked to stop nothing lost in doing so. No process, queue, socket, descriptor or mapping is left. The same
// without a death, where nothing may be lost; with a master that is killed; and for a pool whose workers crash as soon
// as they start, what that costs. The exit status tells whether all is so.
declare(strict_types=1);

require __DIR__ . '/pool/part.php';
require __DIR__ . '/pool/program.php';
require __DIR__ . '/pool/monkey.php';
require __DIR__ . '/pool/account.php';
require __DIR__ . '/pool/crash_loop.php';

foreach (['pcntl', 'posix', 'sysvmsg'] as $extension) {
    extension_loaded($extension) || exit("soak: the extension $extension is missing\n");
}
$options = getopt('', ['messages:', 'seed:', 'only:', 'quick']);
$quick = isset($options['quick']);
$messages = (int) ($options['messages'] ?? ($quick ? 4000 : 100_000));
$seed = (int) ($options['seed'] ?? random_int(1, 1 << 30));
$only = $options['only'] ?? '';
ini_set('display_errors', '0');
ini_set('log_errors', '0');
mt_srand($seed);
printf("seed %d, %d messages a part\n", $seed, $messages);

$folder = sys_get_temp_dir() . '/pool-soak-' . getmypid();
mkdir($folder, 0700);
$wrong = 0;
$run = function (string $name, callable $part) use ($only, $folder, &$wrong): void {
    if ($only !== '' && !str_contains($name, $only)) {
        return;
    }
    $inside = "$folder/" . strtr($name, ' ', '-');
    mkdir($inside);
    [$facts, $faults] = $part($inside);
    printf("%-34s %s\n", $name, $facts);
    foreach (array_slice($faults, 0, 20) as $fault) {
        echo "  WRONG: $fault\n";
    }
    $wrong += count($faults);
    // What is wrong is kept for whoever looks for the reason.
    $faults === [] ? exec('rm -r ' . escapeshellarg($inside)) : print("  see $inside\n");
};

foreach (Kind::cases() as $kind) {
    $run("$kind->value, killed", fn ($in) => feed_and_account($kind, Harm::Kills, $messages, $in));
    $run("$kind->value, reloaded", fn ($in) => feed_and_account($kind, Harm::Reloads, intdiv($messages, 5), $in));
    $run("$kind->value, stopped", fn ($in) => feed_and_account($kind, Harm::None, intdiv($messages, 10), $in));
    $run("$kind->value, master killed", fn ($in) => feed_and_account($kind, Harm::Master, intdiv($messages, 10), $in));
}
if (!$quick) {
    $run('crash loop', fn ($in) => crash_loop($in));
}
@rmdir($folder);
echo $wrong === 0 ? "soak: every message is accounted for, and nothing is left behind\n" : "soak: $wrong faults\n";
exit($wrong === 0 ? 0 : 1);
