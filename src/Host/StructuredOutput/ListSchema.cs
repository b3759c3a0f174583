namespace Orchestrator.Host.StructuredOutput;

/// <summary>An array.</summary>
static class ListSchema
{
    public static ListShape Read(SchemaPlace place, SchemaRules rules)
    {
        var least = place.Count("minItems") ?? 0;
        var most = place.Count("maxItems");
        if (most < least) throw place.Refused("'minItems' is more than 'maxItems'");
        return new ListShape(rules.Number(place.Find("items") is null ? SchemaPlace.Anything : place.Child("items")), least, most);
    }
}
