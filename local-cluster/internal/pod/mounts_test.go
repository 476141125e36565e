package pod

import (
	"reflect"
	"testing"

	"beckon.dev/local-cluster/internal/sandbox"
)

func TestWhatThePodMountsOverAnImagesFilesHidesThemNot(t *testing.T) {
	mounts := []sandbox.Mount{{Target: "/etc/hosts"}, {Target: "/tmp"}, {Target: "/opt/app"}}
	back := uncovered([]string{"/tmp/checkout/worker", "/home/me/worker.jar", "/tmpfiles/x", "/opt/app"}, mounts)
	want := []sandbox.Mount{{Source: "/tmp/checkout/worker", Target: "/tmp/checkout/worker", ReadOnly: true}}
	if !reflect.DeepEqual(back, want) {
		t.Errorf("%v", back)
	}
}
