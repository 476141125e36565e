module beckon.dev/bench/fake-nodes

go 1.26.0
