"""The entrance over HTTP: REST, event stream, metrics, and the web app's files.

In: requests. Out: answers and problem documents. Routes have no logic of their own: they check
who calls, read the input, call one slice, and shape the answer.
"""
