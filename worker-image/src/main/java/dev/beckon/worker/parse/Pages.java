package dev.beckon.worker.parse;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.AuthorPage;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.parse.Sieve.Sifted;
import java.time.Instant;
import java.util.List;

/** Where a run's people come from, page by page: one request to Telegram each. */
sealed interface Pages {
    /** Telegram's bound on a page of a member list. */
    int MEMBERS_A_PAGE = 200;

    /** The page that begins where the run stands, as the filters leave it. */
    Answer<Datasets.Page> at(Dataset stands);

    /** @param chatTotal how many members Telegram says the chat has */
    record Members(TelegramSession telegram, Sieve sieve, String query, long chatTotal, long limit) implements Pages {
        @Override
        public Answer<Datasets.Page> at(Dataset stands) {
            return telegram.members(stands.chatId(), query, Math.toIntExact(stands.position()), MEMBERS_A_PAGE)
                    .map(page -> page(stands.position(), page));
        }

        private Datasets.Page page(long from, MemberPage page) {
            Sifted sifted = sieve.sift(page.people());
            Counts met = new Counts(
                    page.listed(), page.listed(), chatTotal, sifted.bots(), sifted.deleted(), sifted.filtered(), 0);
            return new Datasets.Page(from, from + page.listed(), page.isEnd(), met, sifted.kept(), limit);
        }
    }

    /** Who wrote, newest message first; who wrote again counts as a duplicate. */
    record Authors(TelegramSession telegram, Sieve sieve, Instant since, long chatTotal, long limit) implements Pages {
        @Override
        public Answer<Datasets.Page> at(Dataset stands) {
            return telegram.authors(stands.chatId(), stands.position(), since)
                    .map(page -> page(stands.position(), page));
        }

        private Datasets.Page page(long from, AuthorPage page) {
            Sifted sifted = sieve.sift(
                    page.written().stream().map(AuthorPage.Written::author).toList());
            Counts met =
                    new Counts(page.messages(), 0, chatTotal, sifted.bots(), sifted.deleted(), sifted.filtered(), 0);
            return new Datasets.Page(from, page.next().orElse(from), page.next().isEmpty(), met, sifted.kept(), limit);
        }
    }

    /** The page that ends a run that has as many people as it may have: nothing more is asked. */
    static Datasets.Page enough(Dataset stands, long limit) {
        Counts nothing = new Counts(0, 0, stands.counts().chatTotal(), 0, 0, 0, 0);
        return new Datasets.Page(stands.position(), stands.position(), true, nothing, List.of(), limit);
    }
}
