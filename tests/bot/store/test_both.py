def test_x(store):
    store.write_now(lambda u: u.workers.beat("a", now=1))


def test_y(store):
    store.write_now(lambda u: u.workers.beat("a", now=1))
