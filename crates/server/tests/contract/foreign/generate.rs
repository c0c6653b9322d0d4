//! Calls, made from the document of the interface: one's own of every route, and from each those with foreign ids.

use std::collections::{BTreeMap, BTreeSet};

use portal_server::settings::Mode;
use serde_json::{Map, Value, json};

use super::{
    own::{self, Own, own},
    stage::{Kind, World},
};

/// Routes of the server that the document leaves out, because they are others by another name.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("POST", "/api/providers/{providerId}"),
    ("POST", "/api/providers/{providerId}/delete"),
    ("POST", "/api/providers/{providerId}/users/{id}"),
    ("POST", "/api/providers/{providerId}/users/{id}/delete"),
    ("POST", "/api/providers/{providerId}/users/delete"),
    ("POST", "/api/providers/{providerId}/organizations/{id}/delete"),
    ("POST", "/api/organizations/{organizationId}"),
    ("POST", "/api/organizations/{organizationId}/delete"),
    ("GET", "/api/organizations/{organizationId}/keys"),
    ("POST", "/api/organizations/{organizationId}/users/{id}"),
    ("POST", "/api/organizations/{organizationId}/users/remove"),
    ("POST", "/api/organizations/{organizationId}/users/{id}/remove"),
    ("PUT", "/api/organizations/{organizationId}/users/{id}/restore/vnext"),
];

/// Parameters of queries that are no ids.
const NO_ID_IN_QUERY: &[&str] = &[
    "start",
    "end",
    "continuationToken",
    "includeGroups",
    "includeCollections",
    "excludeDomains",
    "email",
    "token",
];

/// Fields of bodies that look like ids and are none of what a provider or an organization holds.
const NO_ID_IN_BODY: &[(&str, &str)] = &[
    ("externalId", "what a directory calls it"),
    ("folderId", "folders are a person's own; the server keeps none"),
    ("folders", "the same"),
    ("taxId", "what a tax office calls the provider"),
    ("userKeyId", "names a key of the caller's account"),
    ("PUT /api/organizations/{organizationId} keys", "a pair of keys"),
];

/// Routes whose bodies carry ids that are walked in a test of their own.
pub const BY_API_KEY: &[(&str, &str)] =
    &[("POST", "/api/public/organization/import"), ("POST", "/identity/connect/token")];

/// A route, and how to call it.
pub struct Operation {
    pub own: Own,
    method: String,
    path: String,
    query: Vec<String>,
}

/// What is sent; the ids in it are found by their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Call(Value);

impl Operation {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn method(&self) -> &str {
        &self.method
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn is(&self, route: (&str, &str)) -> bool {
        (self.method.as_str(), self.path.as_str()) == route
    }

    /// The calls of the route as it is called for one's own; more than one, where one body cannot carry every id.
    pub fn calls(&self, world: &World) -> Vec<Call> {
        let given = (self.own.values)(world);
        let value = |name: &str| match given.get(name) {
            Some(value) => value.clone(),
            None => json!(&world[self.kind(name)]),
        };
        let path: Map<String, Value> =
            parameters(&self.path).map(|name| (name.to_owned(), value(name))).collect();
        let asked = |name: &&String| given.get(*name).is_some() || !NO_ID_IN_QUERY.contains(&name.as_str());
        let query: Map<String, Value> =
            self.query.iter().filter(asked).map(|name| (name.clone(), value(name))).collect();
        let bodies = (self.own.bodies)(world).into_iter();
        bodies.map(|body| Call(json!({ "path": path, "query": query, "body": body }))).collect()
    }

    /// What an id in the path or the query names.
    fn kind(&self, name: &str) -> Kind {
        if let Some((_, kind)) = self.own.kinds.iter().find(|(named, _)| *named == name) {
            return *kind;
        }
        let before = self.path.split('/').take_while(|part| *part != format!("{{{name}}}")).last();
        match (name, before.unwrap_or_default()) {
            ("providerId", "providers") => Kind::Provider,
            ("organizationId", _) => Kind::Organization,
            ("id", "users") if self.path.contains("{providerId}") => Kind::Staff,
            ("id", "users") if self.path.contains("{organizationId}") => Kind::Member,
            ("id" | "userId", "users") => Kind::User,
            ("member", "user") => Kind::Member,
            ("id", "clients" | "organizations") => Kind::Link,
            ("id", "collections") => Kind::Collection,
            ("id", "groups") => Kind::Group,
            ("id", "ciphers") => Kind::Item,
            ("invoiceId", "invoices") => Kind::Invoice,
            _ => panic!("{}: nobody has said what {name} names", self.name()),
        }
    }

    /// The address of a call.
    pub fn address(&self, call: &Call) -> String {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let fill = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => text(&call.0["path"][name]),
            None => part.to_owned(),
        };
        let path: Vec<String> = self.path.split('/').map(fill).collect();
        let query = call.0["query"].as_object().unwrap();
        let query: Vec<String> =
            query.iter().map(|(name, value)| format!("{name}={}", text(value))).collect();
        path.join("/") + if query.is_empty() { "" } else { "?" } + &query.join("&")
    }
}

impl Call {
    pub fn body(&self) -> Value {
        self.0["body"].clone()
    }

    /// Where ids of this world stand in it, and what they name.
    pub fn places(&self, world: &World) -> Vec<(String, Kind)> {
        let kinds: BTreeMap<&str, Kind> = world.ids.iter().map(|(kind, id)| (id.as_str(), *kind)).collect();
        let mut places = Vec::new();
        visit(&self.0, String::new(), &mut |pointer, text| {
            places.extend(kinds.get(text).map(|kind| (pointer, *kind)));
        });
        places
    }

    /// With another id in one place.
    pub fn replaced(&self, place: &str, id: &str) -> Self {
        let mut call = self.clone();
        *call.0.pointer_mut(place).unwrap() = json!(id);
        call
    }

    /// With another id beside the one of a place, if that stands in a list.
    pub fn beside(&self, place: &str, id: &str) -> Option<Self> {
        let steps: Vec<&str> = place.split('/').collect();
        let (list, entry) = (1..steps.len())
            .rev()
            .map(|length| (steps[..length].join("/"), steps[..=length].join("/")))
            .find(|(list, _)| self.0.pointer(list).is_some_and(Value::is_array))?;
        let another = self.replaced(place, id).0.pointer(&entry).unwrap().clone();
        let mut call = self.clone();
        call.0.pointer_mut(&list).unwrap().as_array_mut().unwrap().push(another);
        Some(call)
    }
}

fn visit(value: &Value, pointer: String, see: &mut impl FnMut(String, &str)) {
    match value {
        Value::String(text) => see(pointer, text),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                visit(item, format!("{pointer}/{place}"), see);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                visit(field, format!("{pointer}/{name}"), see);
            }
        }
        _ => {}
    }
}

fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The document of the interface.
pub fn document() -> Value {
    let (_, document) = portal_server::routes::all(Mode::Provider);
    serde_json::from_str(&document.to_json().unwrap()).unwrap()
}

/// Every route that takes an id. Fails, by its name, for one that nobody has said enough of.
pub fn operations(world: &World) -> Vec<Operation> {
    let document = document();
    let mut said: BTreeMap<(String, String), Own> =
        own::all().into_iter().map(|own| ((own.method.to_owned(), own.path.to_owned()), own)).collect();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, described) in methods.as_object().unwrap() {
            let method = method.to_uppercase();
            if BY_API_KEY.contains(&(&method, path)) {
                continue;
            }
            let query = described["parameters"].as_array().into_iter().flatten();
            let query = query.filter(|parameter| parameter["in"] == "query");
            let query = query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect();
            let found = said.remove(&(method.clone(), path.clone()));
            let fields = id_fields(&document, described, &format!("{method} {path}"));
            let is_said = found.is_some();
            assert!(fields.is_empty() || is_said, "{method} {path}: nobody has said what {fields:?} are");
            let has_body = described.get("requestBody").is_some();
            let operation =
                Operation { own: found.unwrap_or_else(|| own("", "")), method, path: path.clone(), query };
            let call = operation.calls(world);
            let has_ids = call.iter().any(|call| !call.places(world).is_empty());
            assert!(
                !has_body || is_said || !has_ids,
                "{}: nobody has said what its body is",
                operation.name()
            );
            all_carried(&operation, &fields, &call, world);
            if has_ids {
                operations.push(operation);
            }
        }
    }
    for (method, path) in OTHER_NAMES {
        let found = said.remove(&((*method).to_owned(), (*path).to_owned()));
        let own = found.unwrap_or_else(|| own(method, path));
        operations.push(Operation {
            own,
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            query: Vec::new(),
        });
    }
    assert!(said.is_empty(), "there are no such routes: {:?}", said.keys());
    operations
}

/// The fields of a route's body that must be ids, by their names.
fn id_fields(document: &Value, described: &Value, route: &str) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    let content = described["requestBody"]["content"].as_object().into_iter().flatten();
    for (_, content) in content {
        schema_fields(document, &content["schema"], "", &mut fields);
    }
    fields.retain(|field| {
        let name = field.rsplit('.').next().unwrap();
        let lower = name.to_lowercase();
        let lists = ["groups", "users", "collections", "members", "ciphers", "folders", "keys"];
        let like = lower.ends_with("id") || lower.ends_with("ids") || lists.contains(&lower.as_str());
        let none = |known: &str| known == name || known == format!("{route} {name}");
        like && !NO_ID_IN_BODY.iter().any(|(known, _)| none(known))
    });
    fields
}

fn schema_fields(document: &Value, schema: &Value, prefix: &str, fields: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        return schema_fields(document, schema, prefix, fields);
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        schema_fields(document, schema, &name, fields);
        fields.insert(name);
    }
}

/// Every field that is an id must carry one in some call.
fn all_carried(operation: &Operation, fields: &BTreeSet<String>, calls: &[Call], world: &World) {
    let places: Vec<String> =
        calls.iter().flat_map(|call| call.places(world)).map(|(place, _)| place + "/").collect();
    for field in fields {
        let start = format!("/body/{}/", field.replace('.', "/"));
        let carried = places.iter().any(|place| place.starts_with(&start));
        assert!(carried, "{}: its body carries no id as {field}", operation.name());
    }
}
