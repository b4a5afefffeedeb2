--TEST--
MariaDB by PDO and mysqli: 200 coroutines, queries that sleep, transactions, a server that is killed, time-outs
--EXTENSIONS--
openssl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
require __DIR__ . '/../socket/certificates.inc';
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\{go, run};

$mariadb = Peer::mariadb(['max_connections' => 250]);
$opens = [
    'PDO' => function () use ($mariadb) {
        $pdo = new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret');
        return fn (string $query) => $pdo->query($query)->fetchAll(PDO::FETCH_COLUMN);
    },
    'mysqli' => function () use ($mariadb) {
        $mysqli = new mysqli('127.0.0.1', 'php', 'secret', 'test', $mariadb->port);
        return fn (string $query) => array_column($mysqli->query($query)->fetch_all(), 0);
    },
    'mysqli over a path' => function () use ($mariadb) {
        $mysqli = new mysqli('localhost', 'php', 'secret', 'test', 0, $mariadb->path);
        return fn (string $query) => array_column($mysqli->query($query)->fetch_all(), 0);
    },
];
run(function () use ($opens, $mariadb) {
    foreach ($opens as $name => $open) {
        $done = 0;
        $cids = [];
        for ($n = 0; $n < 200; $n++) {
            $cids[] = go(function () use ($open, $n, &$done) {
                $query = $open();
                $text = bin2hex(random_bytes(20));
                $done += (int) (array_map(intval(...), $query("SELECT $n UNION SELECT 1000")) === [$n, 1000] && $query("SELECT '$text'") === [$text]);
                $large = str_repeat($text, 1000);
                $done += (int) ($query("SELECT '$large'") === [$large]);
            });
        }
        Co::join($cids);
        echo "$name: $done";

        $opened = $begun = $ended = 0;
        $together = 0;
        $cids = [];
        for ($n = 0; $n < 20; $n++) {
            $cids[] = go(function () use ($open, &$opened, &$begun, &$ended, &$together) {
                $query = $open();
                $opened++;
                while ($opened < 20) {
                    Co::sleep(0.001);
                }
                $begun++;
                $query('SELECT SLEEP(0.3)');
                $together = max($together, $begun - $ended);
                $ended++;
            });
        }
        $others = 0;
        $cids[] = go(function () use ($open, &$begun, &$ended, &$others) {
            $query = $open();
            while ($begun < 20) {
                Co::sleep(0.001);
            }
            while ($ended === 0) {
                $query('SELECT 1');
                $others++;
            }
        });
        Co::join($cids);
        echo ", $together slept together, others ", $others > 1 ? 'went on' : 'waited', "\n";
    }

    echo "transactions and prepared statements\n";
    $pdo = new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret', [PDO::ATTR_EMULATE_PREPARES => false]);
    $pdo->exec('CREATE TABLE counts (id INT PRIMARY KEY, n INT) ENGINE=InnoDB');
    $pdo->exec('INSERT INTO counts VALUES (1, 0)');
    $cids = [];
    for ($n = 0; $n < 50; $n++) {
        $cids[] = go(function () use ($mariadb) {
            $pdo = new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret', [PDO::ATTR_EMULATE_PREPARES => false]);
            $pdo->beginTransaction();
            $statement = $pdo->prepare('SELECT n FROM counts WHERE id = ? FOR UPDATE');
            $statement->execute([1]);
            $n = $statement->fetchColumn();
            $statement->closeCursor();
            $pdo->prepare('UPDATE counts SET n = ? WHERE id = ?')->execute([$n + 1, 1]);
            $pdo->commit();
        });
    }
    Co::join($cids);
    var_dump((int) $pdo->query('SELECT n FROM counts')->fetchColumn());

    echo "one connection for two\n";
    $mysqli = new mysqli('127.0.0.1', 'php', 'secret', 'test', $mariadb->port);
    $first = go(function () use ($mysqli) {
        $mysqli->query('SELECT SLEEP(0.05)');
        echo "the first has its answer\n";
    });
    go(function () use ($mysqli) {
        try {
            $mysqli->query('SELECT 2');
            echo "not refused\n";
        } catch (Throwable $e) {
            echo get_class($e), ': ', preg_replace('/#\d+/', '#N', $e->getMessage()), "\n";
        }
    });
    Co::join([$first]);

    echo "a server that goes\n";
    $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
    $cids = [];
    foreach (['PDO' => fn () => $pdo->query('SELECT SLEEP(30)'), 'mysqli' => fn () => (new mysqli('127.0.0.1', 'php', 'secret', 'test', $mariadb->port))->query('SELECT SLEEP(30)')] as $name => $query) {
        $cids[] = go(function () use ($name, $query, &$told) {
            try {
                @$query();
                $told[] = "$name: an answer";
            } catch (PDOException | mysqli_sql_exception $e) {
                $told[] = "$name: " . (strstr($e->getMessage(), 'gone away') ?: $e->getMessage());
            }
        });
    }
    Co::sleep(0.05);
    $mariadb->stop(SIGKILL);
    Co::join($cids);
    sort($told);
    echo implode("\n", $told), "\n";
    try {
        new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret');
    } catch (PDOException $e) {
        echo $e->getMessage(), "\n";
    }
    $mariadb->start();
    var_dump(array_map(intval(...), $opens['PDO']()('SELECT n FROM counts')));
    echo "time-outs\n";
    $pdo = new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret', [PDO::ATTR_TIMEOUT => 1]);
    ini_set('mysqlnd.net_read_timeout', '1');
    $mysqli = mysqli_init();
    $mysqli->options(MYSQLI_OPT_READ_TIMEOUT, 1);
    $mysqli->real_connect('127.0.0.1', 'php', 'secret', 'test', $mariadb->port);
    try {
        $mysqli->query('SELECT SLEEP(30)');
    } catch (mysqli_sql_exception $e) {
        echo $e->getMessage(), "\n";
    }
});
?>
--EXPECT--
PDO: 400, 20 slept together, others went on
mysqli: 400, 20 slept together, others went on
mysqli over a path: 400, 20 slept together, others went on
transactions and prepared statements
int(50)
one connection for two
mysqli_sql_exception: Commands out of sync; you can't run this command now
the first has its answer
a server that goes
PDO: gone away
mysqli: gone away
SQLSTATE[HY000] [2002] Connection refused
array(1) {
  [0]=>
  int(50)
}
time-outs
MySQL server has gone away
