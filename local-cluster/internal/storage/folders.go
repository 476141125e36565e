// Package storage provisions PersistentVolumes. Each is a folder of this machine, below the state folder.
package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"beckon.dev/local-cluster/internal/pki"
)

// Provisioner is the name by which StorageClasses ask for folders.
const Provisioner = "local-cluster/local-path"

// provisionedBy is what each of our volumes carries; who carries another's name is left to that one.
const provisionedBy = "pv.kubernetes.io/provisioned-by"

// modes are what a folder can do: one node may write to it, and the scheduler sees to it that only one pod does.
var modes = []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce, corev1.ReadWriteOncePod}

// refuse tells what a claim or its class asks for and a folder can't do.
func refuse(claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) error {
	spec := &claim.Spec
	for _, mode := range spec.AccessModes {
		if !slices.Contains(modes, mode) {
			return fmt.Errorf("access mode %s: a folder of this machine is ReadWriteOnce or ReadWriteOncePod", mode)
		}
	}
	switch {
	case spec.VolumeMode != nil && *spec.VolumeMode != corev1.PersistentVolumeFilesystem:
		return fmt.Errorf("volume mode %s: there are folders only, volumeMode Filesystem", *spec.VolumeMode)
	case spec.Selector != nil:
		return errors.New("a selector: a new folder has no labels")
	case spec.DataSource != nil || spec.DataSourceRef != nil:
		return errors.New("a data source: a new folder is empty")
	case len(class.Parameters) > 0 || len(class.MountOptions) > 0:
		return fmt.Errorf("StorageClass %q has parameters or mount options, and a folder knows none", class.Name)
	case len(class.AllowedTopologies) > 0:
		return fmt.Errorf("StorageClass %q has allowedTopologies, and there is one node only", class.Name)
	}
	return nil
}

// provision makes the folder of a claim and describes its volume. Repeated after a death right here, it finds the folder.
func provision(root string, claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) (*corev1.PersistentVolume, error) {
	if err := refuse(claim, class); err != nil {
		return nil, err
	}
	name := "pvc-" + string(claim.UID)
	path := filepath.Join(root, fmt.Sprintf("%s_%s_%s", claim.Namespace, claim.Name, name))
	if err := os.Mkdir(path, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	// Any user of a pod may write, as in an empty folder; the state folder keeps others out.
	if err := os.Chmod(path, 0o777); err != nil {
		return nil, err
	}
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: Provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage]},
			AccessModes:                   claim.Spec.AccessModes,
			PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			StorageClassName:              class.Name,
			VolumeMode:                    new(corev1.PersistentVolumeFilesystem),
			PersistentVolumeSource:        corev1.PersistentVolumeSource{Local: &corev1.LocalVolumeSource{Path: path}},
			ClaimRef: &corev1.ObjectReference{APIVersion: "v1", Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name,
				UID: claim.UID, ResourceVersion: claim.ResourceVersion},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{NodeSelectorTerms: []corev1.NodeSelectorTerm{{
				MatchExpressions: []corev1.NodeSelectorRequirement{{Key: corev1.LabelHostname, Operator: corev1.NodeSelectorOpIn, Values: []string{pki.NodeName}}}}}}},
		},
	}, nil
}

// Folder is where one of our volumes lies. Whoever may write PersistentVolumes must not by that get at other folders.
func Folder(root string, volume *corev1.PersistentVolume) (string, error) {
	local := volume.Spec.Local
	if volume.Annotations[provisionedBy] != Provisioner || local == nil {
		return "", fmt.Errorf("PersistentVolume %q was not made by %s: this node can mount no other", volume.Name, Provisioner)
	}
	path := filepath.Clean(local.Path)
	if filepath.Dir(path) != filepath.Clean(root) {
		return "", fmt.Errorf("PersistentVolume %q lies outside of %s", volume.Name, root)
	}
	return path, nil
}
