--TEST--
32 children and their parent load classes from one archive that the parent has open: each has a position of its own
--EXTENSIONS--
pcntl
phar
--INI--
phar.readonly=0
opcache.enable_cli=0
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
const CLASSES = 48;
$file = tempnam(sys_get_temp_dir(), 'archive') . '.phar';
$phar = new Phar($file);
for ($i = 0; $i < CLASSES; $i++) {
    $phar["C$i.php"] = "<?php class C$i { static function n() { return $i; } }\n" . str_repeat("// line of $i\n", 3000);
}
$phar['autoload.php'] = '<?php spl_autoload_register(function (string $class) { require dirname(__FILE__) . "/$class.php"; });';
unset($phar);
// As long as it lives, the archive stays open.
$open = new Phar($file);
require "phar://$file/autoload.php";
C0::n();
function work(): int
{
    for ($i = 1; $i < CLASSES; $i++) {
        if (("C$i")::n() !== $i) {
            return 1;
        }
    }
    return 0;
}
foreach (['start', 'pcntl_fork'] as $how) {
    $pids = [];
    for ($n = 0; $n < 32; $n++) {
        if ($how === 'start') {
            $p = new Process(fn () => Process::exitNow(work()), false, 0);
            $pids[] = $p->start();
        } elseif (!$pids[] = pcntl_fork()) {
            Process::exitNow(work());
        }
    }
    $ends = [];
    while ($end = Process::wait()) {
        $ends[ending($end)] = ($ends[ending($end)] ?? 0) + 1;
    }
    echo "$how: ", json_encode($ends), "\n";
}
echo 'the parent: ', work(), "\n";
unlink($file);
unlink(substr($file, 0, -5));
?>
--EXPECT--
start: {"code 0":32}
pcntl_fork: {"code 0":32}
the parent: 0
