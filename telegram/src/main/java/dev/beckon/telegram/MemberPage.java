package dev.beckon.telegram;

import java.util.List;

/**
 * A part of a chat's member list.
 *
 * @param people the people of it; members that are channels are left out
 * @param total how many members Telegram says the list has; it may show fewer
 * @param listed how many entries the page had: the next page begins so much further on. 0 is the list's end
 */
public record MemberPage(List<PersonFacts> people, int total, int listed) {
    public MemberPage {
        people = List.copyOf(people);
    }

    public boolean isEnd() {
        return listed == 0;
    }
}
