// Calls all three services of the sandbox with Go's own library. Its argument is where the sandbox listens.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

type object = map[string]any

var sandbox = strings.TrimRight(os.Args[1], "/")

func send(method, path, token string, body any, contentType string) (int, object, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, sandbox+"/"+path, reader)
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("content-type", contentType)
	if token != "" {
		request.Header.Set("authorization", token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer := object{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil && err != io.EOF {
		return response.StatusCode, nil, nil
	}
	return response.StatusCode, answer, nil
}

func tokenOf(host string) (string, error) {
	_, answer, err := send("POST", "_sandbox/tokens", "", object{"host": host}, "application/json")
	if err != nil {
		return "", err
	}
	return fmt.Sprint(answer["authorization"]), nil
}

func tickTick() error {
	token, err := tokenOf("api.ticktick.com")
	if err != nil {
		return err
	}
	_, task, err := send("POST", "api.ticktick.com/open/v1/task", token, object{"title": "Call Ada"}, "application/json")
	if err != nil {
		return err
	}
	path := fmt.Sprintf("api.ticktick.com/open/v1/project/%v/task/%v", task["projectId"], task["id"])
	_, found, err := send("GET", path, token, nil, "application/json")
	if err == nil && found["title"] != "Call Ada" {
		return fmt.Errorf("another task: %v", found)
	}
	return err
}

func calendar() error {
	token, err := tokenOf("www.googleapis.com")
	if err != nil {
		return err
	}
	const events = "www.googleapis.com/calendar/v3/calendars/primary/events"
	moment := object{"dateTime": "2027-03-01T09:00:00Z"}
	body := object{"summary": "Plan", "start": moment, "end": moment}
	_, event, err := send("POST", events, token, body, "application/json")
	if err != nil {
		return err
	}
	_, found, err := send("GET", fmt.Sprintf("%s/%v", events, event["id"]), token, nil, "application/json")
	if err == nil && found["summary"] != "Plan" {
		return fmt.Errorf("another event: %v", found)
	}
	return err
}

func gmail() error {
	token, err := tokenOf("gmail.googleapis.com")
	if err != nil {
		return err
	}
	raw := base64.URLEncoding.EncodeToString([]byte("To: ada@example.com\r\nSubject: Hello\r\n\r\ntext\r\n"))
	status, answer, err := send("POST", "gmail.googleapis.com/gmail/v1/users/me/messages/send", token, object{"raw": raw}, "application/json")
	if err == nil && status != 200 {
		return fmt.Errorf("%d: %v", status, answer)
	}
	return err
}

func azureDevOps() error {
	token, err := tokenOf("dev.azure.com")
	if err != nil {
		return err
	}
	const organization = "dev.azure.com/fabrikam/_apis"
	query := object{"query": "SELECT [System.Id] FROM WorkItems"}
	status, answer, err := send("POST", organization+"/wit/wiql?api-version=7.1", token, query, "application/json")
	if err == nil && status != 200 {
		return fmt.Errorf("%d: %v", status, answer)
	}
	return err
}

func unknownPath() error {
	token, err := tokenOf("www.googleapis.com")
	if err != nil {
		return err
	}
	status, _, err := send("GET", "www.googleapis.com/drive/v3/files", token, nil, "application/json")
	if err == nil && status != 404 {
		return fmt.Errorf("status %d", status)
	}
	return err
}

func main() {
	failed := false
	calls := []struct {
		name string
		run  func() error
	}{{"ticktick", tickTick}, {"calendar", calendar}, {"gmail", gmail}, {"azure_devops", azureDevOps}, {"unknown_path", unknownPath}}
	for _, call := range calls {
		if err := call.run(); err != nil {
			failed = true
			fmt.Printf("FAILED %s: %v\n", call.name, err)
			continue
		}
		fmt.Printf("ok %s\n", call.name)
	}
	if failed {
		os.Exit(1)
	}
}
