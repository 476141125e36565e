package dev.beckon.ledger.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Keeps the threads of one name waiting for their connections until somebody lets them: the slowest ledger there may be. */
public final class HeldUpDataSource {
    private HeldUpDataSource() {}

    /**
     * Before a pool, which is closed with it.
     *
     * @param thread the name of those who wait
     */
    public static DataSource before(DataSource pool, String thread, CountDownLatch let) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class, AutoCloseable.class},
                (_, method, given) -> {
                    if (method.getName().equals("getConnection")
                            && Thread.currentThread().getName().equals(thread)) {
                        let.await();
                    }
                    try {
                        return method.invoke(pool, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
