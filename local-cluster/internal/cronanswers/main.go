// Command cronanswers tells what the CronJob controller's library and Go's time zones say; Beckon's tests compare it with what
// Beckon shows. It answers each line of standard input with one line:
//
//	times    cron text;zone;instant          -> the four next times after it
//	changes  zone;first instant;last instant -> the changes of the zone's clock within; "unknown" of a zone that Go has not
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

const minute = "2006-01-02T15:04Z"

func main() {
	answers := map[string]func([]string) ([]string, error){"times": times, "changes": changes}
	if len(os.Args) != 2 || answers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: cronanswers times|changes < questions")
		os.Exit(2)
	}
	if err := answer(answers[os.Args[1]]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(how func([]string) ([]string, error)) error {
	out := bufio.NewWriter(os.Stdout)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		fields := strings.Split(in.Text(), ";")
		if len(fields) != 3 {
			return fmt.Errorf("%q has %d fields, 3 are needed", in.Text(), len(fields))
		}
		told, err := how(fields)
		if err != nil {
			return fmt.Errorf("%q: %w", in.Text(), err)
		}
		fmt.Fprintln(out, strings.Join(told, ";"))
	}
	return out.Flush()
}

// times asks as the controller does (pkg/controller/cronjob/utils.go, formatSchedule): the zone stands in the text.
func times(fields []string) ([]string, error) {
	schedule, err := cron.ParseStandard("TZ=" + fields[1] + " " + fields[0])
	if err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, fields[2])
	if err != nil {
		return nil, err
	}
	var told []string
	for range 4 {
		at = schedule.Next(at)
		told = append(told, at.UTC().Format(minute))
	}
	return told, nil
}

func changes(fields []string) ([]string, error) {
	zone, err := time.LoadLocation(fields[0])
	if err != nil {
		return []string{"unknown"}, nil
	}
	first, err := time.Parse(time.RFC3339, fields[1])
	if err != nil {
		return nil, err
	}
	last, err := time.Parse(time.RFC3339, fields[2])
	if err != nil {
		return nil, err
	}
	var told []string
	_, offset := first.In(zone).Zone()
	for _, end := first.In(zone).ZoneBounds(); !end.IsZero() && end.Before(last); _, end = end.ZoneBounds() {
		// Some bounds change a name only.
		if _, now := end.Zone(); now != offset {
			offset = now
			told = append(told, end.UTC().Format(minute))
		}
	}
	return told, nil
}
