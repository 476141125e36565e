package argocd

import (
	"path/filepath"
	"testing"
)

// The layout is that of Argo CD's own tests.
type healthTests struct {
	Tests []struct {
		InputPath    string `json:"inputPath"`
		HealthStatus Health `json:"healthStatus"`
	} `json:"tests"`
}

func TestHealthOfEachExample(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder, Group, "*", "health_test.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no health_test.yaml", err)
	}
	for name, judge := range judges(t) {
		for _, file := range files {
			var tests healthTests
			readYAML(t, file, &tests)
			for _, test := range tests.Tests {
				t.Run(name+"/"+test.InputPath, func(t *testing.T) {
					var object Object
					readYAML(t, filepath.Join(filepath.Dir(file), test.InputPath), &object)
					health, err := judge.Health(object)
					if err != nil {
						t.Fatal(err)
					}
					if health != test.HealthStatus {
						t.Errorf("got  %+v\nwant %+v", health, test.HealthStatus)
					}
				})
			}
		}
	}
}
