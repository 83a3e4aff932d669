/** XML to elements that know their places; nothing is fetched and nothing is expanded. */
@NullMarked
package io.twinflow.workflowdefs.xml;

import org.jspecify.annotations.NullMarked;
