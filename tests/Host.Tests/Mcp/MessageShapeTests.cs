using System.Text;
using Orchestrator.Host.Mcp;

namespace Orchestrator.Host.Tests.Mcp;

public sealed class MessageShapeTests
{
    const string Initialize =
        """{"id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""";

    [Theory]
    [InlineData(Initialize)]
    [InlineData("""{"id":"a","method":"tools/call","params":{"name":"list_experts"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"list_experts","arguments":null,"_meta":{"progressToken":1}}}""")]
    [InlineData("""{"id":1,"method":"ping"}""")]
    [InlineData("""{"id":1,"method":"tools/list","params":null}""")]
    [InlineData("""{"method":"notifications/initialized","params":[1]}""")]
    [InlineData("""{"id":1,"result":5}""")]
    [InlineData("""{"id":1,"method":""")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Find_FineOrTheLibrarysToRefuse_IsNone(string message) => Assert.Null(Find(message));

    [Theory]
    [InlineData("""{"id":1,"method":"initialize"}""", "an object with 'protocolVersion'")]
    [InlineData("""{"id":1,"method":"initialize","params":{"protocolVersion":"1","capabilities":{},"clientInfo":{}}}""", "'name' and 'version'")]
    [InlineData("""{"id":1,"method":"tools/call"}""", "an object with 'name'")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":5}}""", "an object with 'name'")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":["\udc00"]}}}""", "'tools/call' cannot be read: a string in it is not valid Unicode")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"\ud800":1}}}""", "not valid Unicode")]
    [InlineData("""{"id":1,"method":"prompts/list","params":true}""", "'prompts/list' must be an object")]
    public void Find_WrongParams_SaysWhatIsAllowed(string message, string allowed)
    {
        var problem = Find(message)!;

        Assert.Equal((1, MessageProblem.InvalidParams), ((int)problem.Id!, problem.Code));
        Assert.Contains(allowed, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_IdOfHalfACharacter_IsNoRequest()
    {
        var problem = Find("""{"id":"\ud800","method":"ping"}""")!;

        Assert.Null(problem.Id);
        Assert.Equal(MessageProblem.InvalidRequest, problem.Code);
    }

    static MessageProblem? Find(string message) => MessageShape.Find(Encoding.UTF8.GetBytes(message));
}
