--TEST--
every constant that is a default in the stubs exists under the name that it has in its namespace there
--FILE--
<?php
$namespace = '';
$constants = 0;
foreach (file(__DIR__ . '/../../stubs/swoole_process.stub.php') as $line) {
    if (preg_match('/^namespace ?([\w\\\\]*)/', $line, $m)) {
        $namespace = $m[1];
    }
    if (!preg_match('/function \w+\(/', $line)) {
        continue;
    }
    preg_match_all('/ = (\\\\?[A-Za-z_][\w\\\\]*)(?=[,)])/', $line, $found);
    foreach (array_diff($found[1], ['null', 'true', 'false', 'UNKNOWN']) as $name) {
        $constants++;
        $qualified = str_contains($name, '\\');
        $exists = match (true) {
            $name[0] === '\\' => defined(substr($name, 1)),
            $qualified => defined("$namespace\\$name"),
            default => defined("$namespace\\$name") || defined($name),
        };
        $exists || print("$namespace: $name in $line");
    }
}
var_dump($constants > 10);
?>
--EXPECT--
bool(true)
