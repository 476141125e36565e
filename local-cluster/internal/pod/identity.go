package pod

import (
	"fmt"
	"os"
	"os/user"
	"strconv"

	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/sandbox"
)

// identity works out the user of a container: its own security context before the pod's before the image's.
func identity(pod *corev1.Pod, c *corev1.Container, image images.Image) (*sandbox.User, error) {
	p, s := pod.Spec.SecurityContext, c.SecurityContext
	if p == nil {
		p = &corev1.PodSecurityContext{}
	}
	if s == nil {
		s = &corev1.SecurityContext{}
	}
	uid := firstOf(s.RunAsUser, p.RunAsUser, image.User)
	if nonRoot := firstOf(s.RunAsNonRoot, p.RunAsNonRoot); nonRoot != nil && *nonRoot && (uid == nil || *uid == 0) {
		return nil, fmt.Errorf("container has runAsNonRoot and image %q will run as root: set runAsUser, or user in the image table", c.Image)
	}
	gid := firstOf(s.RunAsGroup, p.RunAsGroup)
	if uid == nil {
		if gid == nil && len(p.SupplementalGroups) == 0 && p.FSGroup == nil {
			return nil, nil
		}
		uid = new(int64(os.Geteuid())) // whoever started the cluster, with the groups asked for
	}
	who := &sandbox.User{UID: uint32(*uid), GID: primaryGroup(*uid)}
	if gid != nil {
		who.GID = uint32(*gid)
	}
	for _, group := range p.SupplementalGroups {
		who.Groups = append(who.Groups, uint32(group))
	}
	if p.FSGroup != nil {
		who.Groups = append(who.Groups, uint32(*p.FSGroup))
	}
	return who, nil
}

// primaryGroup is the machine's word on a user that it knows, and root's group for another, as in container runtimes.
func primaryGroup(uid int64) uint32 {
	known, err := user.LookupId(strconv.FormatInt(uid, 10))
	if err != nil {
		return 0
	}
	gid, err := strconv.ParseUint(known.Gid, 10, 32)
	if err != nil {
		return 0
	}
	return uint32(gid)
}

func firstOf[T any](values ...*T) *T {
	for _, v := range values {
		if v != nil {
			return v
		}
	}
	return nil
}
