using Swashbuckle.AspNetCore.SwaggerUI;

namespace Orchestrator.Host.OpenApi;

/// <summary><c>/docs</c>: a page to read the description and try it; all of it comes with the program, nothing from elsewhere.</summary>
static class DocsPage
{
    /// <summary>Relative, as all addresses of the page: a proxy may serve it below another path.</summary>
    const string Start = $"{Prefix}/index.html";

    const string Prefix = "docs";

    /// <summary>Files of the page only; what it lacks goes on to the error envelope.</summary>
    public static void UseDocsPage(this WebApplication app)
    {
        app.Use(Unframed);
        app.UseSwaggerUI(Describe);
    }

    public static IResult Home() => Results.Redirect(Start);

    /// <summary>In a frame of somebody else's page a click meant for that would be one here.</summary>
    static Task Unframed(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments($"/{Prefix}", StringComparison.Ordinal)) context.Response.Headers.XFrameOptions = "DENY";
        return next(context);
    }

    static void Describe(SwaggerUIOptions page)
    {
        page.RoutePrefix = Prefix;
        page.DocumentTitle = "Orchestrator";
        page.SwaggerEndpoint($"..{DescriptionEndpoints.Usual}", "OpenAPI 3.0");
        page.SwaggerEndpoint($"..{DescriptionEndpoints.Newer}", "OpenAPI 3.1");
        page.DefaultModelsExpandDepth(0);
        // A public service would be sent the document to judge it.
        page.EnableValidator(null);
    }
}
