package argocd

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"
	luajson "layeh.com/gopher-json"
)

// VM runs the scripts in the virtual machine that Argo CD runs them in, with the libraries that it gives to scripts of an
// argocd-cm: package, base, table, and of os no more than time and date. A script has a second.
type VM struct {
	Customizations map[string]Customization
}

var _ Judge = VM{}

func (vm VM) Health(object Object) (Health, error) {
	customization, err := vm.of(object)
	if err != nil {
		return Health{}, err
	}
	var health Health
	err = run(customization.Health, object, nil, &health)
	return health, err
}

func (vm VM) Actions(object Object) ([]Action, error) {
	customization, err := vm.of(object)
	if err != nil {
		return nil, err
	}
	var found map[string]Action
	if err := run(customization.Discovery, object, nil, &found); err != nil {
		return nil, err
	}
	actions := []Action{}
	for name, action := range found {
		action.Name = name
		actions = append(actions, action)
	}
	slices.SortFunc(actions, func(a, b Action) int { return strings.Compare(a.Name, b.Name) })
	return actions, nil
}

func (vm VM) Run(object Object, action string, parameters map[string]string) (Object, error) {
	customization, err := vm.of(object)
	if err != nil {
		return nil, err
	}
	script, known := customization.Actions[action]
	if !known {
		return nil, fmt.Errorf("%s has no action %q", object["kind"], action)
	}
	var changed Object
	if err := run(script, object, parameters, &changed); err != nil {
		return nil, err
	}
	mended, _ := likeBefore(changed, object).(Object)
	return mended, nil
}

func (vm VM) of(object Object) (Customization, error) {
	kind, _ := object["kind"].(string)
	customization, known := vm.Customizations[kind]
	if !known {
		return Customization{}, fmt.Errorf("there are no customizations of %q", kind)
	}
	return customization, nil
}

func run(script string, object Object, parameters map[string]string, into any) error {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable,
	} {
		state.Push(state.NewFunction(open))
		state.Push(lua.LString(name))
		state.Call(1, 0)
	}
	state.PreloadModule(lua.OsLibName, timesOnly)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(ctx)

	given := state.NewTable()
	for name, value := range parameters {
		given.RawSetString(name, lua.LString(value))
	}
	state.SetGlobal("actionParams", given)
	state.SetGlobal("obj", toLua(state, map[string]any(object)))
	if err := state.DoString(script); err != nil {
		return err
	}
	returned, isTable := state.Get(-1).(*lua.LTable)
	if !isTable {
		return fmt.Errorf("the script returned %s where a table is wanted", state.Get(-1).Type())
	}
	text, err := luajson.Encode(returned)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// timesOnly is what of the library os can do no harm. The whole library is opened in a machine of its own: opening makes it global.
func timesOnly(state *lua.LState) int {
	apart := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer apart.Close()
	apart.Push(apart.NewFunction(lua.OpenOs))
	apart.Call(0, 1)
	whole, _ := apart.Get(-1).(*lua.LTable)
	part := state.NewTable()
	for _, name := range []string{"time", "date"} {
		function, _ := whole.RawGetString(name).(*lua.LFunction)
		part.RawSetString(name, state.NewFunction(function.GFunction))
	}
	state.Push(part)
	return 1
}

func toLua(state *lua.LState, value any) lua.LValue {
	switch it := value.(type) {
	case bool:
		return lua.LBool(it)
	case float64:
		return lua.LNumber(it)
	case int64:
		return lua.LNumber(it)
	case string:
		return lua.LString(it)
	case []any:
		list := state.NewTable()
		for _, element := range it {
			list.Append(toLua(state, element))
		}
		return list
	case map[string]any:
		table := state.NewTable()
		for name, element := range it {
			table.RawSetString(name, toLua(state, element))
		}
		return table
	default:
		return lua.LNil
	}
}

// likeBefore makes objects again of empty ones, which Lua can't tell from empty lists; so does Argo CD.
func likeBefore(now, before any) any {
	switch it := now.(type) {
	case map[string]any:
		was, _ := before.(map[string]any)
		for name, value := range it {
			it[name] = likeBefore(value, was[name])
		}
	case []any:
		if _, wasObject := before.(map[string]any); wasObject && len(it) == 0 {
			return map[string]any{}
		}
		was, _ := before.([]any)
		for i := range min(len(it), len(was)) {
			it[i] = likeBefore(it[i], was[i])
		}
	}
	return now
}
